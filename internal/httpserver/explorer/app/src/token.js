// The token lives as long as the browser tab and is never written to disk.
const key = 'leitai-explorer-token';

export function readToken() {
  try {
    return sessionStorage.getItem(key) ?? '';
  } catch {
    return ''; // storage can be switched off in a browser
  }
}

export function keepToken(token) {
  try {
    if (token) sessionStorage.setItem(key, token);
    else sessionStorage.removeItem(key);
  } catch {
    // It then lasts until the page is closed.
  }
}
