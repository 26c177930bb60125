/** Why a camera or a microphone gives nothing. `insecure`: browsers give them only to pages that came over HTTPS. */
export type CaptureFault = 'refused' | 'none' | 'busy' | 'insecure' | 'failed';

export function captureFaultOf(error: unknown): CaptureFault {
  switch ((error as { name?: unknown }).name) {
    case 'NotAllowedError':
    case 'SecurityError':
      return 'refused';
    case 'NotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'NotReadableError':
    case 'AbortError':
      return 'busy';
    default:
      return 'failed';
  }
}

/** What a muted track gives is darkness or silence, and nothing of the room. */
export function muteTrack(track: MediaStreamTrack, isMuted: boolean): void {
  track.enabled = !isMuted;
}

/** Lets go of what a stream holds: the light of a camera goes out. */
export function stopStream(stream: MediaStream | null): void {
  for (const track of stream?.getTracks() ?? []) track.stop();
}
