const MAX_WIDTH = 240
const MAX_HEIGHT = 220

/**
 * Draws a picture of our server. A canvas and not an image: pages that forbid images of other sites let scripts of allowed ones fetch,
 * and a canvas needs no more. Rejects when the bytes are not a picture.
 */
export async function pictureOf(url: string, name: string): Promise<HTMLCanvasElement> {
  const response = await fetch(url)
  if (!response.ok) throw new Error(`Picture: ${response.status}`)
  const bitmap = await createImageBitmap(await response.blob())
  const scale = Math.min(1, MAX_WIDTH / bitmap.width, MAX_HEIGHT / bitmap.height)
  const density = Math.min(window.devicePixelRatio || 1, 1 / scale)
  const canvas = document.createElement('canvas')
  canvas.width = Math.max(1, Math.round(bitmap.width * scale * density))
  canvas.height = Math.max(1, Math.round(bitmap.height * scale * density))
  canvas.style.width = `${Math.round(bitmap.width * scale)}px`
  canvas.setAttribute('role', 'img')
  canvas.setAttribute('aria-label', name)
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height)
  bitmap.close()
  return canvas
}
