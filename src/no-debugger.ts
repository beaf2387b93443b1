// On SIGUSR1 Node.js opens its debugger, on a port that every program of the network namespace can reach. With a handler it does not. An entry
// of loopfw imports this before anything else.
process.on('SIGUSR1', () => {});
