import { CloudServerOutlined, ClusterOutlined, SafetyOutlined, SettingOutlined } from '@ant-design/icons';
import type { Area } from '@/area';
import { words } from '@/words/language';

export const area: Area = {
  pages: [
    { path: 'admin/users', load: () => import('./users') },
    { path: 'admin/roles', load: () => import('./roles') },
    { path: 'admin/grants', load: () => import('./grants') },
    { path: 'admin/invitations', load: () => import('./invitations') },
    { path: 'admin/tokens', load: () => import('./tokens') },
    { path: 'admin/services', load: () => import('./services') },
    { path: 'admin/apps', load: () => import('./apps') },
    { path: 'admin/webhooks', load: () => import('./webhooks') },
    { path: 'admin/webhooks/:webhook', load: () => import('./deliveries') },
    { path: 'admin/audit', load: () => import('./audit') },
    { path: 'admin/usage', load: () => import('./usage') },
    { path: 'admin/relations', load: () => import('./relations') },
    { path: 'admin/glass', load: () => import('./glasses') },
    { path: 'admin/erasure', load: () => import('./erasure') },
    { path: 'admin/leaving', load: () => import('./leaving') },
    { path: 'platform', load: () => import('./platform') },
  ],
  menu: [
    { path: '/admin/users', icon: <SettingOutlined />, label: words({ label: '账号与权限' }, { label: 'Users and rights' }), group: 'admin', order: 10, permissions: ['grant:read'], kinds: ['TOWNSHIP', 'COUNTY', 'PREFECTURE', 'PLATFORM'] },
    { path: '/admin/audit', icon: <SafetyOutlined />, label: words({ label: '审计' }, { label: 'Audit' }), group: 'admin', order: 20, permissions: ['audit:read'] },
    { path: '/platform', icon: <CloudServerOutlined />, label: words({ label: '平台管理' }, { label: 'Platform' }), group: 'admin', order: 5, permissions: ['platform:read'], kinds: ['PLATFORM'] },
    { path: '/admin/relations', icon: <ClusterOutlined />, label: words({ label: '下级单位' }, { label: 'Tenants below' }), group: 'admin', order: 5, permissions: ['tenant:provision'], kinds: ['COUNTY', 'PREFECTURE'] },
  ],
};
