/** A port for a server of a benchmark: below those that Linux gives to connections (from 32768), so that no connection has taken it. */
export const somePort = (): number => 20_000 + Math.floor(Math.random() * 12_000)
