// Sends one operation to /graphql. Credentials are a token from the field at
// the top right, or the session cookie of a signed-in browser.
export function fetcherWith(token) {
  return async ({ query, operationName, variables }, { headers } = {}) => {
    const response = await fetch('/graphql', {
      method: 'POST',
      credentials: 'same-origin',
      headers: {
        Accept: 'application/graphql-response+json, application/json;q=0.9',
        'Accept-Language': 'zh-Hans, en;q=0.5',
        'Content-Type': 'application/json',
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...headers,
      },
      body: JSON.stringify({ query, operationName, variables }),
    });
    const text = await response.text();
    try {
      return JSON.parse(text);
    } catch {
      return { errors: [{ message: `服务器返回了无法识别的内容（HTTP ${response.status}）`, extensions: { body: text.slice(0, 2000) } }] };
    }
  };
}
