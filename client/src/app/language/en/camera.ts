export const camera = {
  camera: {
    title: 'Scan with the camera',
    open: 'Scan with the camera',
    close: 'Turn the camera off',
    starting: 'Turning the camera on. If the browser asks, choose Allow.',
    preparing: 'Getting ready to read codes.',
    on: 'Hold the QR code of the pass to the camera, about a hand away.',
    refused:
      'The browser does not let this page use the camera. Click the lock beside the address, allow the camera, then press Try again. Meanwhile names can be typed and a hand scanner works.',
    none: 'No camera was found on this machine. Plug one in and press Try again, or type names.',
    busy: 'Another program is using the camera. Close it and press Try again.',
    insecure:
      'The page came over http, so the browser gives no camera. Open it by its https address, or type names.',
    failed: 'The camera could not be turned on. Press Try again, or type names.',
    unable: 'This machine cannot read codes with its camera. Type names or use a hand scanner.',
    choose: 'Camera',
    number: 'Camera {{n}}',
    lightOn: 'Light on',
    lightOff: 'Light off',
  },
};
