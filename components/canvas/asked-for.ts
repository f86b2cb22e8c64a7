/** What the canvas has once it is drawn: what somebody asks for by key or button, and ways for edges among the cards. */
export { SearchField } from "@/components/palette/search-field";
export { Ways } from "./edges/ways";
export { Outline } from "./outline/outline";
