/** Name of the file in which the settings of a folder's logs stand. */
export const CONFIG_NAME = 'logcnn.config.json';
