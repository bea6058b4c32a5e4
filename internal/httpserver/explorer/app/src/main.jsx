import './workers.js';
// Not graphiql/style.css: it carries web fonts and a second copy of the editor's styles.
import '@graphiql/react/style.css';
import '@graphiql/plugin-doc-explorer/style.css';
import '@graphiql/plugin-history/style.css';
import 'graphiql/graphiql.css';
import './explorer.css';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { GraphiQL, HISTORY_PLUGIN } from 'graphiql';
import example from './example.graphql?raw';
import { fetcherWith } from './fetcher.js';
import { keepToken, readToken } from './token.js';

function TokenField({ token, onChange }) {
  const [draft, setDraft] = useState(token);
  const submit = (event) => {
    event.preventDefault();
    onChange(draft.trim().replace(/^Bearer\s+/i, ''));
  };
  return (
    <form className="token" onSubmit={submit}>
      <a href="/signin">登录</a>
      <label htmlFor="token">访问令牌</label>
      <input id="token" type="password" autoComplete="off" spellCheck="false" placeholder="leitai_pat_…（留空则使用当前登录）" value={draft} onChange={(event) => setDraft(event.target.value)} />
      <button type="submit">应用</button>
    </form>
  );
}

function Explorer() {
  const [token, setToken] = useState(readToken);
  const fetcher = useMemo(() => fetcherWith(token), [token]);
  const change = (next) => {
    keepToken(next);
    setToken(next);
  };
  return (
    <>
      <header className="bar">
        <h1>擂台 接口浏览器</h1>
        <TokenField token={token} onChange={change} />
      </header>
      <main>
        {/* Another token may see another schema: the key reads it anew. */}
        <GraphiQL key={token} fetcher={fetcher} defaultQuery={example} defaultEditorToolsVisibility={false} plugins={[HISTORY_PLUGIN]}>
          <GraphiQL.Logo>
            <span className="logo">擂台</span>
          </GraphiQL.Logo>
        </GraphiQL>
      </main>
    </>
  );
}

createRoot(document.getElementById('root')).render(<Explorer />);
