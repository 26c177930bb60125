/** Pictures or sound of this machine; `refused` where nobody allows it or the page may not, `absent` where there is nothing, or another program has it. */
export async function capture(wanted: MediaStreamConstraints): Promise<MediaStream | 'refused' | 'absent'> {
  // Only pages that came by HTTPS have it.
  const devices = navigator.mediaDevices as MediaDevices | undefined;
  if (devices === undefined) return 'refused';
  try {
    return await devices.getUserMedia(wanted);
  } catch (error) {
    return error instanceof DOMException && error.name === 'NotAllowedError' ? 'refused' : 'absent';
  }
}
