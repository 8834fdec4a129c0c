/** What is a log by its name; the menus in package.json ask for the same. */
export const LOG_NAME = /\.(log|out)([._-](\d[\w.:-]*|old))?(\.(gz|zst|xz|bz2|zip))?$/i;

/** The ending of what holds a compressed log, by its name. */
export const COMPRESSED_ENDING = /\.(gz|zst|xz|bz2|zip)$/i;
