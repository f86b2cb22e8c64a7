/** What is drawn on the canvas when somebody asks for it by key or button. */
export { SearchField } from "@/components/palette/search-field";
export { Outline } from "./outline/outline";
