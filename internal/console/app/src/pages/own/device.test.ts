import { expect, test } from 'vitest';
import { deviceOf } from './device';

test('a browser is told by the names people know', () => {
  expect(deviceOf('Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0.0.0 Mobile Safari/537.36')).toEqual({ program: 'Chrome', device: 'Android' });
  expect(deviceOf('Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148 MicroMessenger/8.0.50')).toEqual({ program: 'WeChat', device: 'iPhone' });
  expect(deviceOf('Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0')).toEqual({ program: 'Edge', device: 'Windows' });
  expect(deviceOf('curl/8')).toEqual({ program: '', device: '' });
});
