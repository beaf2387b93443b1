// Node.js opens its debugger on SIGUSR1, on a port that every program in the network namespace can reach. A signal handler prevents that.
// Each entry point of loopfw imports this module first.
process.on('SIGUSR1', () => {});
