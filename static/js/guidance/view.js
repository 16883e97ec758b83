// What the person sees of the camera's picture, brought to the size the measures want.

// The part of the video that object-fit: cover leaves visible, in its own px.
export function seenPart(video) {
  const { videoWidth: width, videoHeight: height } = video;
  const shown = video.clientWidth / video.clientHeight;
  const cutWidth = Math.min(width, height * shown);
  const cutHeight = Math.min(height, width / shown);
  return { x: (width - cutWidth) / 2, y: (height - cutHeight) / 2, width: cutWidth, height: cutHeight };
}

// The seen part as ImageData, `width` or `height` px large, with `from`, the part of the video it shows.
// `within` (a box in px of the earlier picture `of`) cuts a part of it out.
export function frame(video, canvas, { width, height, within, of }) {
  let from = seenPart(video);
  if (within) {
    const scale = from.width / of.width;
    from = { x: from.x + within.x * scale, y: from.y + within.y * scale, width: within.width * scale, height: within.height * scale };
  }
  canvas.width = width ?? Math.round((height * from.width) / from.height);
  canvas.height = height ?? Math.round((width * from.height) / from.width);
  const context = canvas.getContext("2d", { willReadFrequently: true });
  context.imageSmoothingQuality = "medium";
  context.drawImage(video, from.x, from.y, from.width, from.height, 0, 0, canvas.width, canvas.height);
  const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
  return { data, width: canvas.width, height: canvas.height, from };
}

// Where the outline drawn over the stage lies in a picture of what the stage shows.
export function boxIn(outline, picture) {
  const stage = outline.parentElement;
  const scale = picture.width / stage.clientWidth;
  return { x: outline.offsetLeft * scale, y: outline.offsetTop * scale, width: outline.offsetWidth * scale, height: outline.offsetHeight * scale };
}
