import { words } from '@/words/language';

/** Pictures above this many bytes are made smaller before they are sent. */
const heavy = 3_000_000;
/** No side of a picture is sent longer than this many pixels. */
const longest = 2560;
/** The service takes one file of at most this many bytes. */
export const mostBytes = 32 * 1024 * 1024;
/** What a file control offers; the service decides by content. */
export const taken = 'image/jpeg,image/png,image/webp,video/mp4,application/pdf,.docx,.xlsx,.ofd';
export const pictures = 'image/*';

/** Why a file cannot be sent. */
export const pictureWords = words({
  tooLarge: (mb: string) => `文件有 ${mb} MB，超过 32 MB 上限，本机又无法压缩。请换一张照片，或先用相册裁剪、缩小。`,
  notRead: '本机打不开这张照片（可能是 HEIC 格式）。请在相机设置里选“兼容性最佳”（JPEG），或截屏后再传。',
}, {
  tooLarge: (mb: string) => `The file has ${mb} MB, more than the limit of 32 MB, and this device cannot make it smaller. Take another, or crop it first.`,
  notRead: 'This device cannot open the picture (it may be HEIC). Set the camera to “most compatible” (JPEG), or send a screenshot.',
});

/** A file that cannot be sent, told in the words of pictureWords. */
export class FileRefused extends Error {
  readonly why: 'tooLarge' | 'notRead';
  readonly bytes: number;

  constructor(why: 'tooLarge' | 'notRead', bytes: number) {
    super(why);
    this.why = why;
    this.bytes = bytes;
  }

  tell(w: typeof pictureWords.zh): string {
    return this.why === 'notRead' ? w.notRead : w.tooLarge((this.bytes / 1_048_576).toFixed(1));
  }
}

const sendable = new Set(['image/jpeg', 'image/png', 'image/webp']);

/** Sides of a picture so that none is longer than `most`; never larger than it is. */
export function fitted(width: number, height: number, most = longest): [number, number] {
  const part = Math.min(1, most / Math.max(width, height, 1));
  return [Math.max(1, Math.round(width * part)), Math.max(1, Math.round(height * part))];
}

/**
 * sendableFile gives what is sent of a file somebody chose: a heavy picture as
 * a smaller JPEG, everything else as it is. It throws FileRefused for what
 * would be refused after minutes of sending.
 */
export async function sendableFile(file: File): Promise<File> {
  const picture = file.type.startsWith('image/');
  if (picture && (file.size > heavy || !sendable.has(file.type))) {
    const smaller = await redrawn(file);
    if (smaller && (smaller.size < file.size || !sendable.has(file.type))) return smaller;
    if (!smaller && !sendable.has(file.type)) throw new FileRefused('notRead', file.size);
  }
  if (file.size > mostBytes) throw new FileRefused('tooLarge', file.size);
  return file;
}

async function redrawn(file: File): Promise<File | null> {
  try {
    const image = await createImageBitmap(file);
    const [width, height] = fitted(image.width, image.height);
    const canvas = document.createElement('canvas');
    canvas.width = width;
    canvas.height = height;
    canvas.getContext('2d')?.drawImage(image, 0, 0, width, height);
    image.close();
    const blob = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.82));
    return blob ? new File([blob], file.name.replace(/\.[^.]*$/, '') + '.jpg', { type: 'image/jpeg' }) : null;
  } catch {
    return null;
  }
}
