/** Stands for a value that is not there: an en dash, the same in every locale. */
export const placeholder = '–';
