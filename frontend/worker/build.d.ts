/** Addresses of the chunks that a page may ask for later; the build puts them in. */
declare const CHUNKS: readonly string[];
