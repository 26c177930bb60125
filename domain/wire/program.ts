import { contract } from './contract.ts';

/** The program without WebRTC (HLS). */
export const programContracts = {
  programPlaylist: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions/{session}/program/live.m3u8',
    summary:
      'The program as HLS: its playlist. Asking for it begins the encoding, which ends when nobody has asked for a while',
    scope: { at: 'conference', right: 'belong' },
    answer: 'stream',
    streams: ['application/vnd.apple.mpegurl'],
  }),
  programPart: contract({
    method: 'get',
    path: '/conferences/{conference}/sessions/{session}/program/parts/{part}',
    summary: 'One part of the program as HLS, as its playlist names it',
    scope: { at: 'conference', right: 'belong' },
    answer: 'stream',
    streams: ['video/mp4'],
  }),
};
