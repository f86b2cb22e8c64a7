/** Documents that a visitor may have here. */
export const MAX_DOCUMENTS = 500;
/** Links that may lead to one document. */
export const MAX_LINKS = 100;
