/** Whom an owner is chosen from. Until operators are read the name of the one there is is not known, and an id tells nobody anything. */
export const ownerOptions = (
  operators: readonly { readonly id: string; readonly name: string }[] | undefined,
  ownerId: string | null,
) => operators?.map(({ id, name }) => ({ value: id, label: name })) ?? (ownerId ? [{ value: ownerId, label: '…' }] : [])
