/** Of everything read of imports. Apart from how it is read: the first load follows what changes and reads nothing. */
export const importsKey = ['exchange', 'imports'] as const
