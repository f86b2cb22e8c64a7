/** The graph in other people's forms: pure functions to text. Files that build it are in ./build-files. */
export type { PictureFigures, StageFigures } from "./cards";
export { toDot } from "./dot";
export { toMermaid } from "./mermaid";
export { drawPicture, type Picture, type PictureOptions, toSvg } from "./svg";
export { toText } from "./text";
export type { PictureTheme } from "./theme";
