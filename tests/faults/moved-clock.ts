/*
 * Loaded into the program before everything else: its clock can be put beside the machine's by a message from the test.
 */
const machine = Date.now;
let beside = 0;
Date.now = () => machine() + beside;

process.on('message', (message: unknown) => {
  if (typeof message === 'object' && message !== null && 'moveClock' in message) {
    beside = Number(message.moveClock);
  }
});
// A test that was cut off leaves no program behind.
process.on('disconnect', () => process.exit());
// Listening keeps no program alive that has nothing else to do.
process.channel?.unref();
