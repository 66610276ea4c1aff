// Runs in a page of a spare browser: turns pictures into VP9, and looks at the file that was made of them.
'use strict';
globalThis.bctrl = (() => {
  let canvas, context, encoder, failure, out = [], parts = [];

  const bytes = text => Uint8Array.from(atob(text), c => c.charCodeAt(0));

  function base64(data) {
    let text = '';
    for (let i = 0; i < data.length; i += 32768) {
      text += String.fromCharCode(...data.subarray(i, i + 32768));
    }
    return btoa(text);
  }

  async function draw(jpeg) {
    const picture = await createImageBitmap(new Blob([bytes(jpeg)], { type: 'image/jpeg' }));
    const scale = Math.min(canvas.width / picture.width, canvas.height / picture.height, 1);
    const width = Math.round(picture.width * scale), height = Math.round(picture.height * scale);
    context.fillStyle = '#202124';
    context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, (canvas.width - width) >> 1, (canvas.height - height) >> 1, width, height);
    picture.close();
  }

  function taken() {
    if (failure) {
      throw failure;
    }
    const chunks = out;
    out = [];
    return chunks;
  }

  return {
    async begin(width, height) {
      canvas = new OffscreenCanvas(width, height);
      context = canvas.getContext('2d', { willReadFrequently: true });
      const config = { codec: 'vp09.00.41.08', width, height, bitrate: 1_000_000, bitrateMode: 'variable', latencyMode: 'quality' };
      if (!(await VideoEncoder.isConfigSupported(config)).supported) {
        throw new Error('this browser cannot encode VP9');
      }
      encoder = new VideoEncoder({
        output(chunk) {
          const data = new Uint8Array(chunk.byteLength);
          chunk.copyTo(data);
          out.push([chunk.timestamp / 1000, chunk.type === 'key', base64(data)]);
        },
        error(e) { failure = e; },
      });
      encoder.configure(config);
    },

    async add(jpeg, millis, keyFrame) {
      await draw(jpeg);
      const frame = new VideoFrame(canvas, { timestamp: millis * 1000 });
      encoder.encode(frame, { keyFrame });
      frame.close();
      while (encoder.encodeQueueSize > 2 && !failure) {
        await new Promise(done => encoder.addEventListener('dequeue', done, { once: true }));
      }
      return taken();
    },

    async end() {
      await encoder.flush();
      return taken();
    },

    part(text) { parts.push(bytes(text)); },

    // How far the last picture of the file is from the one that it was made of: the worst square of 16 pixels.
    async check(jpeg) {
      const video = document.createElement('video');
      video.muted = true;
      const event = name => new Promise((done, fail) => {
        video.addEventListener(name, done, { once: true });
        video.addEventListener('error', () => fail(new Error(video.error.message)), { once: true });
      });
      const loaded = event('loadeddata');
      video.src = URL.createObjectURL(new Blob(parts, { type: 'video/webm' }));
      await loaded;
      const seeked = event('seeked');
      video.currentTime = video.duration;
      await seeked;
      await draw(jpeg);
      const { width, height } = canvas;
      const wanted = context.getImageData(0, 0, width, height).data;
      context.drawImage(video, 0, 0, width, height);
      const found = context.getImageData(0, 0, width, height).data;
      let worst = 0;
      for (let y = 0; y + 16 <= height; y += 16) {
        for (let x = 0; x + 16 <= width; x += 16) {
          let sum = 0;
          for (let j = y; j < y + 16; j++) {
            for (let i = 4 * (j * width + x), end = i + 64; i < end; i += 4) {
              sum += Math.abs(wanted[i] - found[i]) + Math.abs(wanted[i + 1] - found[i + 1])
                  + Math.abs(wanted[i + 2] - found[i + 2]);
            }
          }
          worst = Math.max(worst, sum / (3 * 256));
        }
      }
      return { millis: video.duration * 1000, worst, width: video.videoWidth, height: video.videoHeight };
    },
  };
})();
