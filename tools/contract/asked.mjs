// What a script is asked, read in one way: the address as its first argument,
// everything else (tokens must not show in a list of processes) from the
// environment, as JSON. Answers go to stdout, one JSON value a line.

export const url = process.argv[2];

export function setting(name, otherwise) {
  const text = process.env[name];
  return text ? JSON.parse(text) : otherwise;
}

export const headers = setting('HEADERS', {});

export function tell(value) {
  process.stdout.write(JSON.stringify(value) + '\n');
}

// stopped calls back when the other side writes the line "complete".
export function stopped(callback) {
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text) => {
    if (text.includes('complete')) callback();
  });
  process.stdin.unref?.();
}
