// Health of a container: a process with the role web answers on its port, any other on OKNO_MONITOR_PORT.
const port = process.env.OKNO_MONITOR_PORT || process.env.PORT
const answer = await fetch(`http://127.0.0.1:${port}/healthz`)
process.exitCode = answer.ok ? 0 : 1
