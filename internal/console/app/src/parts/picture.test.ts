import { expect, test } from 'vitest';
import { FileRefused, fitted, mostBytes, sendableFile } from './picture';

test('a picture is made smaller, never larger, and keeps its shape', () => {
  expect(fitted(8000, 6000)).toEqual([2560, 1920]);
  expect(fitted(800, 600)).toEqual([800, 600]);
  expect(fitted(1, 100_000)).toEqual([1, 2560]);
});

const sized = (name: string, type: string, bytes: number) => Object.defineProperty(new File(['x'], name, { type }), 'size', { value: bytes });

test('what cannot be sent is refused before minutes of sending', async () => {
  await expect(sendableFile(sized('a.mp4', 'video/mp4', mostBytes + 1))).rejects.toThrow(FileRefused);
  await expect(sendableFile(sized('a.jpg', 'image/jpeg', 40 * 1_048_576))).rejects.toThrow('tooLarge'); // this browser cannot draw it
  await expect(sendableFile(sized('a.heic', 'image/heic', 1000))).rejects.toThrow('notRead');
});

test('what is small and known goes as it is', async () => {
  const file = sized('a.jpg', 'image/jpeg', 1000);
  expect(await sendableFile(file)).toBe(file);
});
