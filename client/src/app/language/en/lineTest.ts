import type { lineTest as vietnamese } from '../vi/lineTest.ts';

export const lineTest: typeof vietnamese = {
  lineTest: {
    title: 'Line test',
    of: 'Line test: {{name}}',
    about:
      'It takes about {{time}}. The machine tries the camera, plays a few beeps for loudspeaker and microphone, then measures the line to the server.',
    ready: {
      machine: 'Use the machine and the network that you will use during the session.',
      room: 'Plug the camera in, turn the loudspeaker on, keep the room quiet.',
      allow: 'When the browser asks, allow camera and microphone.',
    },
    minutes: 'minutes',
    seconds: 'seconds',
    start: 'Begin the test',
    again: 'Test again',
    stop: 'Stop',
    left: 'about {{time}} left',
    progress: 'Progress',
    preview: 'Picture of this machine’s camera',
    stages: 'Steps',
    stage: {
      camera: 'Try the camera',
      sound: 'Try loudspeaker and microphone: there will be beeps',
      up: 'Measure sending',
      down: 'Measure receiving',
      steady: 'Measure loss, delay and jitter',
    },
    stageDone: 'done',
    stageNow: 'going on',
    stageWaiting: 'to come',
    sending: 'The result is being sent…',
    sent: 'The result was sent. The control room sees it at once; there is nothing more to do.',
    notSent: 'The result could not be sent. It is still on this page; keep it open.',
    sendAgain: 'Send again',
    stopped: 'Stopped. No result was sent.',
    noMedia:
      'This server carries no pictures at the moment, so that the line could not be measured. Try again later, or ask the organizers.',
    failed: 'It could not be tested: {{why}}',
    unreachable: 'The server could not be reached. See whether the machine has a network, and test again.',
    earlier: 'Last time',
    toDoor: 'To the first page',
    unmeasured: 'not measured',
    by: '{{name}}, measured for {{seconds}} seconds',
    tooShort: 'It took {{seconds}} seconds only and does not count as a test: it takes two minutes.',
    bySomebody: 'measured for {{seconds}} seconds',
  },
};
