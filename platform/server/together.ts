/**
 * Asks several things of one transaction in one round trip, in no order. Waits for all of them even when one fails: what goes on alone would ask
 * on a connection that its transaction has left.
 * @throws what the first of them that failed threw
 */
export async function together<Results extends readonly unknown[]>(
  ...work: { [Key in keyof Results]: Promise<Results[Key]> }
): Promise<Results> {
  await Promise.allSettled(work)
  return (await Promise.all(work)) as unknown as Results
}
