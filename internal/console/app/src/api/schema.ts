export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
export type MakeOptional<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]?: Maybe<T[SubKey]> };
export type MakeMaybe<T, K extends keyof T> = Omit<T, K> & { [SubKey in K]: Maybe<T[SubKey]> };
export type MakeEmpty<T extends { [key: string]: unknown }, K extends keyof T> = { [_ in K]?: never };
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A calendar date without a time zone, YYYY-MM-DD (日期). */
  Date: { input: string; output: string; }
  /** A moment with its offset, RFC 3339 (时间). */
  DateTime: { input: string; output: string; }
  /** An exact decimal number as a string, for example "93.50"; never a float (精确小数). */
  Decimal: { input: string; output: string; }
};

/** Takes the balances over that a unit brought along from another tenant (转入台账余额). */
export type AccountTakeOverInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition that carries them on (比武). */
  competition: Scalars['ID']['input'];
  /** The unit as it stands here (单位). */
  unit: Scalars['ID']['input'];
};

/** Agrees to or ends an adoption (纳管). */
export type AdoptionInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Lower side only: lets the upper one read unpublished work (开放未公布数据). */
  drafts?: InputMaybe<Scalars['Boolean']['input']>;
  /** Statistical code of the other tenant's unit (对方区划代码). */
  otherUnitCode: Scalars['String']['input'];
};

/** What somebody has to do next (待办类别). */
export type AgendaKind =
  /** Figures that wait for a second person (待复核数据). */
  | 'FIGURES_TO_CONFIRM'
  /** Findings that wait for a decision (待认定事项). */
  | 'FINDINGS_TO_DECIDE'
  /** Decisions on grades that wait for a second person (待审批等次). */
  | 'GRADES_TO_APPROVE'
  /** Issues that the caller's villages are to answer (待整改问题). */
  | 'ISSUES_TO_ANSWER'
  /** Answers to issues that are to be verified (待核查问题). */
  | 'ISSUES_TO_VERIFY'
  /** Marks that wait for a second person (待复核评分). */
  | 'MARKS_TO_CONFIRM'
  /** Marks that the caller is to give in an open round (待评分). */
  | 'MARKS_TO_GIVE'
  /** Money that waits for an approval (待审批奖惩资金). */
  | 'MONEY_TO_APPROVE'
  /** Money whose amount the meeting has to decide (待定金额). */
  | 'MONEY_TO_DECIDE'
  /** Money that is to be paid (待兑现资金). */
  | 'MONEY_TO_PAY'
  /** Objections that wait for a decision (待处理异议). */
  | 'OBJECTIONS_TO_DECIDE'
  /** Outcomes that wait for the one who confirms them (待确认结果运用). */
  | 'OUTCOMES_TO_CONFIRM'
  /** The next step of a round in progress (轮次下一步). */
  | 'ROUND_STEP'
  /** Tasks that the caller is to carry out (待办任务). */
  | 'TASKS_TO_DO';

/** Consents that an app reads the tenant (同意读取). */
export type AppConsentInput = {
  /** The app (应用). */
  app: Scalars['ID']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** For how many days, 1 to 365 (期限). */
  days: Scalars['Int']['input'];
};

/** Names an app of the own tenant (指定应用). */
export type AppInput = {
  /** The app (应用). */
  app: Scalars['ID']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
};

/** Changes which pages may ask for an app from a browser (修改网页来源). */
export type AppOriginsSetInput = {
  /** The app (应用). */
  app: Scalars['ID']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** All of them, https://host[:port], at most 20 (允许的网页来源). */
  origins: Array<Scalars['String']['input']>;
};

/** Registers an app of a third party (登记应用). */
export type AppRegisterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** How its people are reached, 1 to 200 characters (联系方式). */
  contact: Scalars['String']['input'];
  /** The company or office that runs it, 1 to 100 characters (运营单位). */
  maker: Scalars['String']['input'];
  /** What it is called, 1 to 100 characters (名称). */
  name: Scalars['String']['input'];
  /** Pages that may ask from a browser, https://host[:port], at most 20; none when omitted (允许的网页来源). */
  origins?: InputMaybe<Array<Scalars['String']['input']>>;
  /** What it is for, 1 to 500 characters (用途). */
  purpose: Scalars['String']['input'];
  /** Permissions it asks for, of those a dashboard has; publication:read when omitted (申请的权限). */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Takes a consent back (撤回同意). */
export type AppWithdrawInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The consent (同意). */
  consent: Scalars['ID']['input'];
  /** Why, 1 to 500 characters (理由). */
  reason: Scalars['String']['input'];
};

/** Form of an arena (擂台形式). */
export type ArenaForm =
  /** Meeting (会议擂台). */
  | 'MEETING'
  /** On-site (现场擂台). */
  | 'ONSITE'
  /** Project (项目擂台). */
  | 'PROJECT';

/** What is stated about one person (出席登记). */
export type AttendanceInput = {
  /** Note; an excuse needs its reason (说明). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The person (人员). */
  person: Scalars['ID']['input'];
  /** The post in which the person had to come (职务). */
  role?: InputMaybe<Scalars['String']['input']>;
  /** Presence (出席情况). */
  status: Presence;
};

/** States who came to a visit, or to a step of a round (登记出席). */
export type AttendanceStateInput = {
  /** One line a person, at most 500 (登记). */
  attendance: Array<AttendanceInput>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** The step of the round, for example review-meeting (步骤). */
  stage?: InputMaybe<Scalars['String']['input']>;
  /** The visit (观摩). */
  visit?: InputMaybe<Scalars['ID']['input']>;
};

/** Who may see a publication (公布范围). */
export type Audience =
  /** The other townships of the county, too (全县). */
  | 'COUNTY'
  /** The people concerned (本人). */
  | 'PERSON'
  /** Everybody (公开). */
  | 'PUBLIC'
  /** The township's own users, its tokens and the departments of the adopting county (全乡). */
  | 'TOWNSHIP';

/** What to look for in the audit; conditions are joined by and (审计筛选). */
export type AuditFilter = {
  /** object:action, exactly (操作). */
  action?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the object, of any kind (对象编号). */
  object?: InputMaybe<Scalars['ID']['input']>;
  /** Not before (起始时间). */
  since?: InputMaybe<Scalars['DateTime']['input']>;
  /** Statistical code of the unit (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
  /** Before this moment (截止时间). */
  until?: InputMaybe<Scalars['DateTime']['input']>;
  /** The user who did it (操作账号). */
  userId?: InputMaybe<Scalars['ID']['input']>;
};

/** Other settings of a band (名次段设置). */
export type BandSettingInput = {
  /** Key of the band (名次段). */
  band: Scalars['String']['input'];
  /** At most so many recipients, with capped (上限). */
  cap?: InputMaybe<Scalars['Int']['input']>;
  /** How many (名额). */
  size?: InputMaybe<Scalars['Int']['input']>;
  /** inclusive, exclusive, tie-break or capped (并列处理). */
  ties?: InputMaybe<Scalars['String']['input']>;
};

/** An upper-level document (文件依据). */
export type BasisDocumentInput = {
  /** Date (日期). */
  date?: InputMaybe<Scalars['Date']['input']>;
  /** Issuer (发文机关). */
  issuer: Scalars['String']['input'];
  /** Document number (发文字号). */
  number: Scalars['String']['input'];
  /** Title (标题). */
  title: Scalars['String']['input'];
};

/** Asks to read in a tenant, on record in the audit of both (申请应急查看). */
export type BreakGlassInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** For how many hours, 1 to 8 (时长). */
  hours: Scalars['Int']['input'];
  /** Why, at least ten characters (理由). */
  reason: Scalars['String']['input'];
  /** Code of its unit (区划代码). */
  unitCode: Scalars['String']['input'];
};

/** Names a reading by break glass (应急查看记录). */
export type BreakGlassRecordInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The record (记录). */
  record: Scalars['ID']['input'];
};

/** How far a reading by break glass is (应急查看状态). */
export type BreakGlassState =
  /** Over (已结束). */
  | 'ENDED'
  /** The operator may read (进行中). */
  | 'OPEN'
  /** Waits for another operator, for a day at most (待另一人批准). */
  | 'WAITING';

/** Sets or clears one calendar day (调整日历). */
export type CalendarDaySetInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The day (日期). */
  day: Scalars['Date']['input'];
  /** Why (名称). */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Whether it is worked; null clears the entry (是否工作日). */
  workday?: InputMaybe<Scalars['Boolean']['input']>;
};

/** A channel's weight (渠道权重). */
export type ChannelWeightInput = {
  /** Channel key (渠道). */
  channel: Scalars['String']['input'];
  /** Weight in percent (权重). */
  weight: Scalars['Decimal']['input'];
};

/** A check and its state (检查点). */
export type CheckAnswerInput = {
  /** What was found (结论). */
  answer: CheckState;
  /** Key of the check (标识). */
  key: Scalars['String']['input'];
};

/** One thing to see (检查点). */
export type CheckRowInput = {
  /** Kinds of evidence: document, photo, observed, interview (佐证类型). */
  evidence?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Key (标识). */
  key: Scalars['String']['input'];
  /** Chinese name (中文名称). */
  name: Scalars['String']['input'];
  /** English name (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Points of its item (分值). */
  points: Scalars['Decimal']['input'];
};

/** State of a check (检查结论). */
export type CheckState =
  /** Does not apply (不适用). */
  | 'NA'
  /** Not met (否). */
  | 'NO'
  /** Met (是). */
  | 'YES';

/** A unit's class from a date on (类别登记). */
export type ClassRow = {
  /** Key of the class; empty takes the unit out of the set (类别). */
  class: Scalars['String']['input'];
  /** First day (起始日期). */
  from: Scalars['Date']['input'];
  /** Code of the unit (单位代码). */
  unitCode: Scalars['String']['input'];
  /** First day it is no longer of the class; open when omitted (终止日期). */
  until?: InputMaybe<Scalars['Date']['input']>;
};

/** Classes units, all or nothing (登记类别). */
export type ClassesAssignInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the group set (分类). */
  groupSet: Scalars['String']['input'];
  /** Rows, 1 to 2000 (登记). */
  rows: Array<ClassRow>;
};

/** Records what somebody said about one contestant (登记点评). */
export type CommentRecordInput = {
  /** Who said it; the caller when omitted (点评人). */
  by?: InputMaybe<Scalars['ID']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Said on, not after today (日期). */
  on: Scalars['Date']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** What was said (点评内容). */
  text: Scalars['String']['input'];
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
};

/** Whom a published comparison is for (比对结果公布范围). */
export type ComparisonAudience =
  /** The prefecture, and the county's townships, who see their own line and the first three (县内公布). */
  | 'COUNTY'
  /** The prefecture above alone (报市级). */
  | 'PREFECTURE';

/** Why a township, or county, is not comparable (不可比原因). */
export type ComparisonBarrierReason =
  /** The compared dimensions are too small a share of the template (覆盖率不足). */
  | 'COVERAGE_LOW'
  /** Nothing in a dimension that is weighed: the template has none, or nobody was scored there (缺少该维度). */
  | 'DIMENSION_MISSING'
  /** Nothing was published in the span (无已发布结果). */
  | 'NO_RESULTS'
  /** Nothing says what is compared: no rule of the year (未规定比对口径). */
  | 'NO_RULE';

/** Publishes a comparison of the county (公布比对结果). */
export type ComparisonPublishInput = {
  /** Whom it is for (公布范围). */
  audience: ComparisonAudience;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Comment (说明). */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** First month (起始月). */
  from: Scalars['String']['input'];
  /** Last month, at most 36 in all (截止月). */
  to: Scalars['String']['input'];
};

/** Says by what is compared from a year on (规定比对口径). */
export type ComparisonRuleSetInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Share of a template that these must cover, 0 to 1 (最低覆盖率). */
  minCoverage: Scalars['Decimal']['input'];
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** What is compared, at least one dimension (维度权重). */
  weights: Array<ComparisonWeightInput>;
  /** Days from a round's day to its publication within which it is on time, 0 to 366 (按期天数). */
  withinDays: Scalars['Int']['input'];
  /** Year, 2000 to 2100 (年度). */
  year: Scalars['Int']['input'];
};

/** What a dimension is to weigh (维度权重). */
export type ComparisonWeightInput = {
  /** Key of the dimension, of the dictionary (维度). */
  dimension: Scalars['String']['input'];
  /** Its weight, above 0; only proportions matter (权重). */
  weight: Scalars['Decimal']['input'];
};

/** Lets another template version rule from a period on (更换模板版本). */
export type CompetitionAddVersionInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** First period it rules (起始周期). */
  fromPeriod: Scalars['String']['input'];
  /** An active template version (模板版本). */
  template: Scalars['ID']['input'];
};

/** Closes a competition: no more rounds, results stay (结束比武). */
export type CompetitionCloseInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Opens a competition (新建比武). */
export type CompetitionCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Filing number of the inspection plan (备案文号). */
  filingNumber?: InputMaybe<Scalars['String']['input']>;
  /** First period, by the template's cadence: 2023-04, 2023-Q2, 2023-H1 or 2023 (起始周期). */
  fromPeriod: Scalars['String']['input'];
  /** The leading group (领导小组). */
  leadingGroup: LeadingGroupInput;
  /** Name, unique in the tenant (名称). */
  name: Scalars['String']['input'];
  /** The notice it rests on (文件). */
  notice: NoticeInput;
  /** An active template version (模板版本). */
  template: Scalars['ID']['input'];
  /** A trial never counts and can be wiped (试评). */
  trial?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Changes what a competition rests on (修改比武). */
export type CompetitionUpdateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Filing number (备案文号). */
  filingNumber?: InputMaybe<Scalars['String']['input']>;
  /** The leading group (领导小组). */
  leadingGroup?: InputMaybe<LeadingGroupInput>;
  /** The notice (文件). */
  notice?: InputMaybe<NoticeInput>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Maps a source of a township's scores onto a dimension (对照指标). */
export type CrosswalkMapInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the dimension; left out: ends the mapping (维度). */
  dimension?: InputMaybe<Scalars['String']['input']>;
  /** Period from which it counts, for example 2023-04 (起用周期). */
  from: Scalars['String']['input'];
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** item:<key>, part:<key> or dimension:<the township's own> (来源). */
  source: Scalars['String']['input'];
  /** Key of the template; left out: whatever template (模板键名). */
  template?: InputMaybe<Scalars['String']['input']>;
  /** The tenant mapped, below the caller's (租户编号). */
  township: Scalars['ID']['input'];
};

/** Adds a dimension to the tenant's dictionary, or renames one it added (新增指标维度). */
export type DimensionAddInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key: small letters, digits and hyphens (标识). */
  key: Scalars['String']['input'];
  /** Name in Chinese (名称). */
  name: Scalars['String']['input'];
  /** Name in English (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
};

/** Records that a subject does not take part (登记未参评). */
export type EntryAbsentInput = {
  /** Whether it is absent (是否未参评). */
  absent: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why (原因). */
  reason: Scalars['String']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The contestant: the id of a unit, person, organisation or team (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id: a unit's statistical code (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** How often something happened (事件次数). */
export type EventTallyInput = {
  /** Times, 1 or more (次数). */
  count: Scalars['Int']['input'];
  /** Key of the table's row (标识). */
  key: Scalars['String']['input'];
};

/** Enters a piece of evidence (录入佐证). */
export type EvidenceAddInput = {
  /** Interview: what came of it (知晓情况). */
  answer?: InputMaybe<KnowledgeAnswer>;
  /** Interview: the post of whoever was asked (被问人岗位). */
  askedRole?: InputMaybe<Scalars['String']['input']>;
  /** Key of one check of the item (检查点). */
  check?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Id that POST /evidence answered; a photo needs one (文件编号). */
  file?: InputMaybe<Scalars['ID']['input']>;
  /** Item key (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** Kind (类别). */
  kind: EvidenceKind;
  /** Note (说明). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** The day it was taken or given, not after today (取得日期). */
  takenOn: Scalars['Date']['input'];
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
};

/** Asks villages for a piece; those that gave one before are not asked again (要求提供材料). */
export type EvidenceAskInput = {
  /** Key of one check (检查点). */
  check?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Due on (期限). */
  due: Scalars['Date']['input'];
  /** Item key (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** Kind (类别). */
  kind: EvidenceKind;
  /** What exactly (说明). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Codes of the villages, 1 to 200 (单位代码). */
  unitCodes: Array<Scalars['String']['input']>;
  /** Days for which an earlier piece still answers; 365 when omitted (有效天数). */
  within?: InputMaybe<Scalars['Int']['input']>;
};

/** How a thing was seen (佐证类别). */
export type EvidenceKind =
  /** A paper or file, uploaded or seen on paper (资料). */
  | 'DOCUMENT'
  /** Asked and answered (现场询问). */
  | 'INTERVIEW'
  /** Seen on the spot (现场查看). */
  | 'OBSERVED'
  /** A picture or video (照片、视频). */
  | 'PHOTO';

/** Takes an earlier piece over into a round (引用佐证). */
export type EvidenceReuseInput = {
  /** Key of one check (检查点). */
  check?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The earlier piece (佐证). */
  evidence: Scalars['ID']['input'];
  /** Item key; that of the earlier piece when omitted (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Withdraws a piece; it stays on record and counts no more (撤回佐证). */
export type EvidenceWithdrawInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The piece (佐证). */
  evidence: Scalars['ID']['input'];
  /** Why (理由). */
  reason: Scalars['String']['input'];
};

/** One sitter's result in a test (测试成绩). */
export type ExamResultInput = {
  /** Whether the sitter was absent (缺考). */
  absent?: InputMaybe<Scalars['Boolean']['input']>;
  /** Key of the test's item (单项). */
  item: Scalars['String']['input'];
  /** Why it corrects an earlier one (更正原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Score, 0 to 100; omitted when absent (成绩). */
  score?: InputMaybe<Scalars['Decimal']['input']>;
  /** Who sat, or should have (应试人). */
  sitter: Scalars['ID']['input'];
  /** The contestant the sitter sat for (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id (代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** Enters results of a test, all or nothing (录入测试成绩). */
export type ExamResultsEnterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The results, at most 2000 (成绩). */
  results: Array<ExamResultInput>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Adds a line to a pair's log (登记交流). */
export type ExchangeLogInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** What it was about, or why a line is taken back (内容). */
  content: Scalars['String']['input'];
  /** Day, not ahead (日期). */
  heldOn?: InputMaybe<Scalars['Date']['input']>;
  /** Whether it was held offline (是否线下). */
  offline?: InputMaybe<Scalars['Boolean']['input']>;
  /** The pair (结对). */
  pair: Scalars['ID']['input'];
  /** Place (地点). */
  place?: InputMaybe<Scalars['String']['input']>;
  /** Line that is taken back (撤销的登记). */
  void?: InputMaybe<Scalars['ID']['input']>;
};

/** Conditions of an export; each kind takes some of them and refuses the others: FACTS competition, round, unitCode, from, to, since; BOARDS competition, round, from, to; ISSUES competition, unitCode, issueState; ACCOUNTS competition (needed), from, to; MARKS round (needed) (导出条件). */
export type ExportFilter = {
  /** Only of this competition (擂台). */
  competition?: InputMaybe<Scalars['ID']['input']>;
  /** First period, for example 2023-04, 2023-Q2, 2023-H1 or 2023 (起始期次). */
  from?: InputMaybe<Scalars['String']['input']>;
  /** Issues in this state only (问题状态). */
  issueState?: InputMaybe<IssueState>;
  /** Only of this round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Facts published after this place, which an answer of facts told (增量位置). */
  since?: InputMaybe<Scalars['String']['input']>;
  /** Last period, inclusive (截止期次). */
  to?: InputMaybe<Scalars['String']['input']>;
  /** Only at this unit: of issues this village, of facts what lies below it, too (区划代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** How rows are written (文件格式). */
export type ExportFormat =
  /** CSV in UTF-8 with a byte order mark; texts that a spreadsheet might take for formulas begin with an apostrophe (CSV 文件). */
  | 'CSV'
  /** One JSON object a line with stable keys, texts unchanged, null for what is empty (JSON 行). */
  | 'JSONL'
  /** A workbook of one sheet, 1,000,000 rows at most; numbers are numbers, everything else is text (XLSX 工作簿). */
  | 'XLSX';

/** What is exported (导出内容). */
export type ExportKind =
  /** Entries of the point accounts of a competition (加减分台账). */
  | 'ACCOUNTS'
  /** The latest published results, one row a subject and round (成绩榜). */
  | 'BOARDS'
  /** Everything published that you may read, laid flat: one row a fact (事实数据). */
  | 'FACTS'
  /** The issue ledger, newest first (问题台账). */
  | 'ISSUES'
  /** Marks of a round in the order they were entered, judges by pseudonym (评分). */
  | 'MARKS';

/** Asks for a file of rows (导出申请). */
export type ExportRequestInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Conditions; all that you may read when omitted (条件). */
  filter?: InputMaybe<ExportFilter>;
  /** How it is written (格式). */
  format: ExportFormat;
  /** What is exported (内容). */
  kind: ExportKind;
};

/** What a fact tells; the names are the same in files (指标). */
export type FactMeasure =
  /** 1 for each band the contestant is in; key: the band (档次). */
  | 'BAND'
  /** Days from the day of the round to the day of this revision's publication (发布用时). */
  | 'DAYS_TO_PUBLISH'
  /** Score in a dimension of the dictionary, 0 to 100, four decimals; key: the dimension (领域得分). */
  | 'DIMENSION'
  /** The grade, as text; key: the scale (等次). */
  | 'GRADE'
  /** Of these issues, those closed; of a publication (销号问题数). */
  | 'ISSUES_CLOSED'
  /** Issues of the competition found until then; of a publication (发现问题数). */
  | 'ISSUES_OPENED'
  /** Of these issues, those not closed by the due day; of a publication (逾期问题数). */
  | 'ISSUES_OVERDUE'
  /** What an item contributes to the total, in points, four decimals; key: the item (单项得分). */
  | 'ITEM'
  /** The colour, as text (亮灯). */
  | 'LIGHT'
  /** Proposed consequences; key: their kind, such as points or talk (结果运用数). */
  | 'OUTCOMES'
  /** Value of a part of the total, on its scale; key: the part (分项得分). */
  | 'PART'
  /** Percentile of the track, 0 to 100 (赛道百分位). */
  | 'PERCENTILE'
  /** Rank, 1 is the best (名次). */
  | 'RANK'
  /** Contestants of a publication that have a rank (有名次数). */
  | 'RANKED'
  /** Ranks gained against the previous held round; below 0 lost (名次变化). */
  | 'RANK_CHANGE'
  /** ranked, absent, unmarked or vetoed, as text (参评状态). */
  | 'STATUS'
  /** Contestants of a publication; its contestant is the publisher's unit (参评数). */
  | 'SUBJECTS'
  /** Published total on the scale of the template, in points (总分). */
  | 'TOTAL'
  /** Rank inside the track, 1 is the best (赛道名次). */
  | 'TRACK_RANK';

/** Whom a fact is about (对象类别). */
export type FactSubjectKind =
  /** A county (县). */
  | 'COUNTY'
  /** A natural village or group (村民小组). */
  | 'GROUP'
  /** An organisation (机构). */
  | 'ORGANISATION'
  /** Whoever holds a post; never named (人员). */
  | 'PERSON'
  /** The unit of whoever published: the fact is about the whole publication (发布单位). */
  | 'PUBLISHER'
  /** A work team (工作队). */
  | 'TEAM'
  /** A township (乡镇). */
  | 'TOWNSHIP'
  /** A village or community (村、社区). */
  | 'VILLAGE';

/** In what a fact is measured (计量单位). */
export type FactUnit =
  /** A number of things (个). */
  | 'COUNT'
  /** Days (天). */
  | 'DAYS'
  /** 0 to 100 (百分数). */
  | 'PERCENT'
  /** Points (分). */
  | 'POINTS'
  /** A rank, 1 is the best (名次). */
  | 'RANK'
  /** A number of ranks (位). */
  | 'RANKS'
  /** No number: valueText tells it (文字). */
  | 'TEXT';

/** What a figure is (数据类别). */
export type FigureKind =
  /** One sitter's score in a test (测试成绩). */
  | 'EXAM'
  /** A number that a formula reads (指标). */
  | 'METRIC'
  /** A part of the total that people enter (分项得分). */
  | 'PART';

/** Confirms figures somebody else entered (复核数据). */
export type FiguresConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The figures (数据). */
  figures: Array<Scalars['ID']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Sends figures back to be corrected (退回数据). */
export type FiguresRejectInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The figures (数据). */
  figures: Array<Scalars['ID']['input']>;
  /** Why (原因). */
  reason: Scalars['String']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Confirms or rejects a finding (审定认定). */
export type FindingDecideInput = {
  /** Whether it is confirmed (是否采纳). */
  accept: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The finding (认定). */
  finding: Scalars['ID']['input'];
  /** Reason; needed to reject (意见). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Kind of a finding (认定类别). */
export type FindingKind =
  /** Timely commendation of outstanding work (即时表扬). */
  | 'COMMENDATION'
  /** Perfunctory work, handled under the target management rules (敷衍了事). */
  | 'PERFUNCTORY';

/** Proposes a finding (提出认定). */
export type FindingProposeInput = {
  /** The target management rules; needed for perfunctory work (依据). */
  basis?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Kind (类别). */
  kind: FindingKind;
  /** What the rules call for; needed for perfunctory work (处理措施). */
  measure?: InputMaybe<Scalars['String']['input']>;
  /** Whom it concerns, where it is a person (人员). */
  person?: InputMaybe<Scalars['ID']['input']>;
  /** Reason (事由). */
  reason: Scalars['String']['input'];
  /** The round it was found in (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** The unit (单位). */
  unit: Scalars['ID']['input'];
};

/** State of a finding (认定状态). */
export type FindingState =
  /** Confirmed by another (已确认). */
  | 'CONFIRMED'
  /** Proposed by one person (拟议). */
  | 'PROPOSED'
  /** Rejected with a reason (未采纳). */
  | 'REJECTED';

/** The second approver's word on a seat beyond a soft cap (审批等次). */
export type GradeApproveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The decision (决定). */
  decision: Scalars['ID']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Records a committee's decision on a grade (决定等次). */
export type GradeDecideInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the grade (等次). */
  grade: Scalars['String']['input'];
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** Key of the scale (等次类别). */
  scale: Scalars['String']['input'];
  /** The contestant (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id (代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** Gives a role (授权). */
export type GrantCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Dimensions to limit it to (限定领域). */
  dimensions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Login of a user whose home the tenant is, or who holds a role in it; anybody else is invited (账号). */
  login: Scalars['String']['input'];
  /** Role key; you must hold every permission of it there (角色). */
  role: Scalars['String']['input'];
  /** Statistical code of the unit (单位代码). */
  unitCode: Scalars['String']['input'];
  /** From when; now when omitted (生效时间). */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when (失效时间). */
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Takes a role back (撤销授权). */
export type GrantRevokeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The grant (授权). */
  grant: Scalars['ID']['input'];
};

/** Adds a group set or changes its names and classes (设立分类). */
export type GroupSetDefineInput = {
  /** Classes in their order, 1 to 20 (类别). */
  classes: Array<UnitClassInput>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key: small letters, digits and - (标识). */
  key: Scalars['String']['input'];
  /** Name in Chinese, at most 100 characters (名称). */
  name: Scalars['String']['input'];
  /** Name in English (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
};

/** Hands a person's open work to a successor (交接). */
export type HandOverInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Who hands over (移交人). */
  from: Scalars['ID']['input'];
  /** Note (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Who takes over (接收人). */
  to: Scalars['ID']['input'];
};

/** Enters or changes a highlight (录入亮点). */
export type HighlightSaveInput = {
  /** What is done well (内容). */
  body?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition?: InputMaybe<Scalars['ID']['input']>;
  /** Dimension of the county's dictionary (维度). */
  dimension: Scalars['String']['input'];
  /** Its pictures and papers, in order (佐证). */
  evidence?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The highlight to change; a new one when omitted (亮点). */
  highlight?: InputMaybe<Scalars['ID']['input']>;
  /** Item key (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** The revision read, of one to change (修订号). */
  revision?: InputMaybe<Scalars['Int']['input']>;
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Title (标题). */
  title: Scalars['String']['input'];
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
};

/** Puts a highlight into the county's library, or takes it out (共享亮点). */
export type HighlightShareInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The highlight (亮点). */
  highlight: Scalars['ID']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** Whether the library has it (是否共享). */
  shared: Scalars['Boolean']['input'];
};

/** Says of which kinds the caller wants none from now on (设置免打扰). */
export type InboxMuteInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Kinds, replacing those of before; INBOX_KIND_UNKNOWN for one that there is not (免打扰类别). */
  muted: Array<Scalars['String']['input']>;
};

/** Marks items of the caller as read (标记已读). */
export type InboxReadInput = {
  /** True for all instead of ids; INBOX_IDS_OR_ALL unless it is one of the two (全部). */
  all?: InputMaybe<Scalars['Boolean']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global ids of items, 200 at most; others' are passed over (消息编号). */
  ids?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Invites somebody to a role (邀请). */
export type InvitationCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Days it can be accepted, 1 to 14; 7 when omitted (有效天数). */
  days?: InputMaybe<Scalars['Int']['input']>;
  /** Dimensions to limit the role to (限定领域). */
  dimensions?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Or the name of somebody who is not a person of the tenant yet, 1 to 50 characters (姓名). */
  name?: InputMaybe<Scalars['String']['input']>;
  /** A person of the tenant without a user, whom the invitation is for (人员). */
  person?: InputMaybe<Scalars['ID']['input']>;
  /** Role key; you must hold every permission of it there (角色). */
  role: Scalars['String']['input'];
  /** Statistical code of the unit (单位代码). */
  unitCode: Scalars['String']['input'];
  /** From when the role counts; from the acceptance when omitted (生效时间). */
  validFrom?: InputMaybe<Scalars['DateTime']['input']>;
  /** Until when the role counts (失效时间). */
  validUntil?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Takes an invitation back (撤回邀请). */
export type InvitationRevokeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The invitation (邀请). */
  invitation: Scalars['ID']['input'];
};

/** Where an invitation stands (邀请状态). */
export type InvitationState =
  /** It was accepted (已接受). */
  | 'ACCEPTED'
  /** It was not accepted in time (已过期). */
  | 'EXPIRED'
  /** It can be accepted (待接受). */
  | 'OPEN'
  /** It was taken back (已撤回). */
  | 'REVOKED';

/** Decides on the accountability procedure (追责决定). */
export type IssueAccountabilityInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The issue (问题). */
  issue: Scalars['ID']['input'];
  /** Whether it is opened (是否启动). */
  open: Scalars['Boolean']['input'];
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Ties evidence to an issue (补充佐证). */
export type IssueAttachInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Evidence of the same village (佐证). */
  evidence: Array<Scalars['ID']['input']>;
  /** The issue (问题). */
  issue: Scalars['ID']['input'];
  /** Which side of the work it shows (阶段). */
  phase: IssuePhase;
};

/** How near the due date is (督办灯). */
export type IssueLight =
  /** In time (蓝). */
  | 'BLUE'
  /** Closed (已销号). */
  | 'NONE'
  /** Overdue (红). */
  | 'RED'
  /** Near due (黄). */
  | 'YELLOW';

/** Opens and assigns an issue (交办). */
export type IssueOpenInput = {
  /** Base deduction, in points, 0 or more (基础扣分). */
  base: Scalars['Decimal']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Due on (整改期限). */
  due: Scalars['Date']['input'];
  /** Evidence as found (整改前佐证). */
  evidence?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Item key (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** Responsible organisation, beside the person (责任单位). */
  organisation?: InputMaybe<Scalars['ID']['input']>;
  /** Where (地点). */
  place?: InputMaybe<Scalars['String']['input']>;
  /** The measure agreed on (整改对策). */
  plan?: InputMaybe<Scalars['String']['input']>;
  /** Type of problem, by which it is known again in later years (问题类型). */
  problem?: InputMaybe<Scalars['String']['input']>;
  /** Person responsible (责任人). */
  responsible?: InputMaybe<Scalars['ID']['input']>;
  /** The round it was found in (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Whether it has a serious effect on the whole township (影响全乡). */
  serious?: InputMaybe<Scalars['Boolean']['input']>;
  /** What is wrong (问题). */
  title: Scalars['String']['input'];
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
  /** The visit it was found on (观摩). */
  visit?: InputMaybe<Scalars['ID']['input']>;
};

/** Which side of the work a piece of evidence shows (佐证阶段). */
export type IssuePhase =
  /** As put right (整改后). */
  | 'AFTER'
  /** As found (整改前). */
  | 'BEFORE'
  /** As seen on the return visit (回头看). */
  | 'RETURN';

/** Records the return visit to a closed issue (登记回头看). */
export type IssueRevisitInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Evidence (佐证). */
  evidence?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Whether what was put right still is (是否巩固). */
  holds: Scalars['Boolean']['input'];
  /** The issue (问题). */
  issue: Scalars['ID']['input'];
  /** What was seen (回头看情况). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Looked at again on (回头看日期). */
  on: Scalars['Date']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** State of an issue (问题状态). */
export type IssueState =
  /** Answered with a measure (已反馈). */
  | 'ANSWERED'
  /** Assigned (已交办). */
  | 'ASSIGNED'
  /** Verified and closed (已销号). */
  | 'CLOSED'
  /** Sent back with a reason (已退回). */
  | 'RETURNED';

/** Takes a step with an issue (问题办理). */
export type IssueStepInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Evidence: of an answer as put right, otherwise as found (佐证). */
  evidence?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** The issue (问题). */
  issue: Scalars['ID']['input'];
  /** Measure, reason or finding (说明). */
  note: Scalars['String']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Posts the deductions of issues to the accounts, each once (扣分入账). */
export type IssuesSettleInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
};

/** How an item turns observations into points (单项类型). */
export type ItemKind =
  /** Score of a ballot (民主测评). */
  | 'BALLOT'
  /** Points on top per event, capped (加分). */
  | 'BONUS'
  /** Checks, each worth points (检查清单). */
  | 'CHECKLIST'
  /** Points off per event, by a table (扣分). */
  | 'DEDUCTIONS'
  /** Results of a test (测试). */
  | 'EXAM'
  /** Named levels (分档). */
  | 'LEVELS'
  /** A formula over metrics (指标). */
  | 'METRIC'
  /** Marked in points (直接评分). */
  | 'POINTS'
  /** Points by rank in the item (按名次计分). */
  | 'RANK_POINTS'
  /** A veto, with the document that allows it (一票否决). */
  | 'VETO';

/** A row of an item's table, or a level (分值行). */
export type ItemRowInput = {
  /** Key (标识). */
  key: Scalars['String']['input'];
  /** Chinese name (中文名称). */
  name: Scalars['String']['input'];
  /** English name (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Points (分值). */
  points: Scalars['Decimal']['input'];
};

/** What only some kinds of item have (类型规则). */
export type ItemRuleInput = {
  /** Ballot: its key (测评). */
  ballot?: InputMaybe<Scalars['String']['input']>;
  /** Veto: number of the document that allows it (依据文号). */
  basis?: InputMaybe<Scalars['String']['input']>;
  /** Bonus: points never rise above (上限). */
  cap?: InputMaybe<Scalars['Decimal']['input']>;
  /** Checklist: the checks (检查点). */
  checks?: InputMaybe<Array<CheckRowInput>>;
  /** Veto: unranked or zero (效果). */
  effect?: InputMaybe<Scalars['String']['input']>;
  /** Deductions: points never fall below (下限). */
  floor?: InputMaybe<Scalars['Decimal']['input']>;
  /** Metric: points from named metrics (公式). */
  formula?: InputMaybe<Scalars['String']['input']>;
  /** Levels (档次). */
  levels?: InputMaybe<Array<ItemRowInput>>;
  /** Deductions, bonus: points of one event, positive (事件分值). */
  table?: InputMaybe<Array<ItemRowInput>>;
  /** Points by rank: of the first, the second … (名次分值). */
  values?: InputMaybe<Array<Scalars['Decimal']['input']>>;
};

/** Cancels a job (取消任务). */
export type JobCancelInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The job (任务). */
  job: Scalars['ID']['input'];
};

/** Where a piece of long work stands (任务状态). */
export type JobState =
  /** Ended because the one who asked wanted it (已取消). */
  | 'CANCELLED'
  /** Done (已完成). */
  | 'DONE'
  /** Could not be done; the error says why (未完成). */
  | 'FAILED'
  /** Waits for a worker (排队中). */
  | 'QUEUED'
  /** Is being done (进行中). */
  | 'RUNNING';

/** What came of asking somebody who should know (知晓情况). */
export type KnowledgeAnswer =
  /** Known (知晓). */
  | 'KNOWN'
  /** Known in part (部分知晓). */
  | 'PARTLY'
  /** Not known (不知晓). */
  | 'UNKNOWN';

/** A leading group (领导小组). */
export type LeadingGroupInput = {
  /** Its members (成员). */
  members: Array<LeadingGroupMemberInput>;
  /** Post of the head of the office (办公室主任). */
  officeHead?: InputMaybe<Scalars['String']['input']>;
  /** Offices that do the daily work (日常工作机构). */
  offices: Array<Scalars['String']['input']>;
};

/** One seat of the leading group (成员). */
export type LeadingGroupMemberInput = {
  /** The person (人员). */
  person?: InputMaybe<Scalars['ID']['input']>;
  /** head, first-deputy, deputy or member (组内职务). */
  seat: Scalars['String']['input'];
  /** Title (职务). */
  title: Scalars['String']['input'];
};

/** Where the end of a tenant stands (注销状态). */
export type LeavingState =
  /** Asked for; a second person has to confirm (待确认). */
  | 'ASKED'
  /** Confirmed; the tenant is read-only until the end, or until it is called off (已确认，只读). */
  | 'CONFIRMED';

/** Checks a ledger in (签收台账). */
export type LedgerReceiveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Who brought it, the village secretary in person (送交人). */
  deliveredBy: Scalars['ID']['input'];
  /** Remark (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The contestant: the id of a unit, person, organisation or team (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id: a unit's statistical code (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** Replaces a mark, with a reason (更正评分). */
export type MarkCorrectInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The new finding, for items of other kinds (评定内容). */
  detail?: InputMaybe<MarkDetailInput>;
  /** A UUID made by the client for the new one (新评分编号). */
  id: Scalars['ID']['input'];
  /** The mark to replace (原评分). */
  mark: Scalars['ID']['input'];
  /** Why (原因). */
  reason: Scalars['String']['input'];
  /** The new value of an item marked in points (分数). */
  value?: InputMaybe<Scalars['Decimal']['input']>;
};

/** What a mark of a kind other than points says (评定内容). */
export type MarkDetailInput = {
  /** Every check of a checklist (检查点). */
  checks?: InputMaybe<Array<CheckAnswerInput>>;
  /** Events of deductions or a bonus (事件). */
  events?: InputMaybe<Array<EventTallyInput>>;
  /** Named level (档次). */
  level?: InputMaybe<Scalars['String']['input']>;
  /** Remark; counts for nothing (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Whether a veto applies (一票否决). */
  veto?: InputMaybe<Scalars['Boolean']['input']>;
};

/** One mark to enter. The client makes the id (a UUID), so sending twice changes nothing (评分). */
export type MarkInput = {
  /** Channel key (渠道). */
  channel: Scalars['String']['input'];
  /** What was found, for items of other kinds (评定内容). */
  detail?: InputMaybe<MarkDetailInput>;
  /** A UUID made by the client (评分编号). */
  id: Scalars['ID']['input'];
  /** Item key (单项). */
  item: Scalars['String']['input'];
  /** The judge, when the office types in a paper sheet; the caller when omitted (评委). */
  judge?: InputMaybe<Scalars['ID']['input']>;
  /** The contestant: the id of a unit, person, organisation or team (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id: a unit's statistical code (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
  /** The mark of an item marked in points; other kinds may leave it out (分数). */
  value?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Where a mark stands with its second person (复核状态). */
export type MarkState =
  /** Confirmed by a second person (已确认). */
  | 'CONFIRMED'
  /** Waits for confirmation (待复核). */
  | 'ENTERED'
  /** Rejected; must be corrected (已退回). */
  | 'REJECTED'
  /** Replaced by a correction (已更正). */
  | 'SUPERSEDED';

/** Confirms marks somebody else entered (确认评分). */
export type MarksConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The marks, at most 500 (评分). */
  marks: Array<Scalars['ID']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Sends marks back to be corrected (退回评分). */
export type MarksRejectInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The marks (评分). */
  marks: Array<Scalars['ID']['input']>;
  /** Why (原因). */
  reason: Scalars['String']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Enters marks, all or nothing (提交评分). */
export type MarksSubmitInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The marks, at most 500 (评分). */
  marks: Array<MarkInput>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** A metric of one subject (指标). */
export type MetricInput = {
  /** Key of the metric, as formulas name it (指标). */
  key: Scalars['String']['input'];
  /** Why it corrects an earlier one (更正原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Where it was taken from (来源). */
  source: Scalars['String']['input'];
  /** The contestant: the id of a unit, person, organisation or team (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id (代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
  /** Value, at most six decimals (数值). */
  value: Scalars['Decimal']['input'];
};

/** Enters metrics, all or nothing (录入指标). */
export type MetricsEnterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The metrics, at most 2000 (指标). */
  figures: Array<MetricInput>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Decides what a missing subject or mark means (缺项处理). */
export type MissingDecideInput = {
  /** Channel, with an item that is marked (渠道). */
  channel?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The decision (决定). */
  decision: MissingDecisionKind;
  /** Item, or parts.<key> for a part of the total; the whole subject when omitted (单项). */
  item?: InputMaybe<Scalars['String']['input']>;
  /** Why (原因). */
  reason: Scalars['String']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The contestant: the id of a unit, person, organisation or team (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id: a unit's statistical code (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** What a missing subject or mark means (缺项处理). */
export type MissingDecisionKind =
  /** Not ranked, shown as 未参评/未评分 (不排名). */
  | 'UNRANKED'
  /** Counts as zero, with the reason (按零分). */
  | 'ZERO';

/** The finance approval (财务审批). */
export type MoneyApproveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The outcome (结果运用). */
  outcome: Scalars['ID']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** The collective decision on money (集体决定). */
export type MoneyDecideInput = {
  /** Yuan, above 0; whether it is a reward or a penalty follows from the band (金额). */
  amount: Scalars['Decimal']['input'];
  /** Written basis (依据). */
  basis: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Number of the minutes (会议纪要号). */
  minutesNumber: Scalars['String']['input'];
  /** The outcome (结果运用). */
  outcome: Scalars['ID']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** A unit that a change makes (新单位). */
export type NewUnitInput = {
  /** Statistical code of 12 digits, where it is known (区划代码). */
  code?: InputMaybe<Scalars['String']['input']>;
  /** Name as in law; the shown name when omitted (法定名称). */
  legalName?: InputMaybe<Scalars['String']['input']>;
  /** Level; that of the units changed when omitted (层级). */
  level?: InputMaybe<UnitLevel>;
  /** Name as shown (显示名称). */
  shownName: Scalars['String']['input'];
};

/** A notice (文件). */
export type NoticeInput = {
  /** Upper-level documents (文件依据). */
  basis?: InputMaybe<Array<BasisDocumentInput>>;
  /** Date of issue (成文日期). */
  date: Scalars['Date']['input'];
  /** Who it is addressed to (主送). */
  distribution?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Issuer (发文机关). */
  issuer: Scalars['String']['input'];
  /** Document number (发文字号). */
  number: Scalars['String']['input'];
  /** Text (正文). */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Title (标题). */
  title: Scalars['String']['input'];
};

/** A mark of the objected item and what it becomes (更正评分). */
export type ObjectionCorrectionInput = {
  /** What the mark says, for kinds other than points (评分细项). */
  detail?: InputMaybe<MarkDetailInput>;
  /** Global id of the mark (原评分). */
  mark: Scalars['ID']['input'];
  /** The new value; for a kind other than points it follows from the detail (更正后得分). */
  value?: InputMaybe<Scalars['Decimal']['input']>;
};

/** The review group's decision about an objection (复核决定). */
export type ObjectionDecideInput = {
  /** Whether it is accepted (是否成立). */
  accept: Scalars['Boolean']['input'];
  /** Echoed in the payload (客户端标识). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** What the marks become; at least one when accepted, none when rejected (更正). */
  corrections?: InputMaybe<Array<ObjectionCorrectionInput>>;
  /** Global ids of the persons who decided together with the caller (参加复核人员). */
  members?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Global id of the objection (异议). */
  objection: Scalars['ID']['input'];
  /** Told to the village (复核意见). */
  reason: Scalars['String']['input'];
  /** Its revision as read (修订号). */
  revision: Scalars['Int']['input'];
};

/** An objection to an announced result (提出异议). */
export type ObjectionFileInput = {
  /** Key of the channel; nothing for the whole item (渠道). */
  channel?: InputMaybe<Scalars['String']['input']>;
  /** Echoed in the payload (客户端标识). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global ids of pieces of evidence of the same village (佐证). */
  evidence?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Key of the item (单项). */
  item: Scalars['String']['input'];
  /** UUID made by the client, so that sending twice changes nothing (客户端编号). */
  key?: InputMaybe<Scalars['String']['input']>;
  /** Why, at least a word (理由). */
  reason: Scalars['String']['input'];
  /** Global id of the round (轮次). */
  round: Scalars['ID']['input'];
  /** Global id of the contestant (参评对象). */
  subject: Scalars['ID']['input'];
};

/** State of an objection (异议状态). */
export type ObjectionState =
  /** Accepted, waits to be applied with the others (成立待更正). */
  | 'ACCEPTED'
  /** Applied: the result was computed anew (已更正). */
  | 'APPLIED'
  /** Filed, waits for the review group (已提出). */
  | 'FILED'
  /** Rejected, with a reason (不成立). */
  | 'REJECTED'
  /** Taken back by its village (已撤回). */
  | 'WITHDRAWN';

/** An objection taken back (撤回异议). */
export type ObjectionWithdrawInput = {
  /** Echoed in the payload (客户端标识). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the objection (异议). */
  objection: Scalars['ID']['input'];
  /** Its revision as read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Applies all accepted objections of a round as one set (一并更正). */
export type ObjectionsApplyInput = {
  /** Echoed in the payload (客户端标识). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Revision of the round as read (修订号). */
  revision: Scalars['Int']['input'];
  /** Global id of the round (轮次). */
  round: Scalars['ID']['input'];
};

/** Takes a form out of use (停用表单). */
export type OfficeFormRetireInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The form (表单). */
  form: Scalars['ID']['input'];
};

/** How often an option was chosen (选项票数). */
export type OptionCountInput = {
  /** Ballots, 0 or more (票数). */
  count: Scalars['Int']['input'];
  /** Key of the option (选项). */
  option: Scalars['String']['input'];
};

/** Ends an organisation (撤销机构). */
export type OrganisationCloseInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** First day it stands no longer (撤销日期). */
  on: Scalars['Date']['input'];
  /** The organisation (机构). */
  organisation: Scalars['ID']['input'];
};

/** An organisation to make (新建机构). */
export type OrganisationCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Kind, for example office or department (类别). */
  kind: Scalars['String']['input'];
  /** Name (名称). */
  name: Scalars['String']['input'];
  /** The organisation above (上级机构). */
  parent?: InputMaybe<Scalars['ID']['input']>;
  /** First day it stands; today when omitted (成立日期). */
  validFrom?: InputMaybe<Scalars['Date']['input']>;
};

/** What an organisation is called and what it belongs to (修改机构). */
export type OrganisationUpdateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Name (名称). */
  name: Scalars['String']['input'];
  /** The organisation (机构). */
  organisation: Scalars['ID']['input'];
  /** The organisation above; null for none (上级机构). */
  parent?: InputMaybe<Scalars['ID']['input']>;
};

/** Records that an outcome was carried out (办结). */
export type OutcomeExecuteInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The outcome (结果运用). */
  outcome: Scalars['ID']['input'];
  /** What was done, by whom, when (执行记录). */
  record: Scalars['String']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** State of an outcome (结果运用状态). */
export type OutcomeState =
  /** Money: approved for payment (已批准). */
  | 'APPROVED'
  /** Confirmed by a person (已确认). */
  | 'CONFIRMED'
  /** Money: decided collectively (已决定). */
  | 'DECIDED'
  /** Carried out and recorded (已执行). */
  | 'EXECUTED'
  /** Proposed by a rule (拟议). */
  | 'PROPOSED'
  /** Taken back by a later revision (已撤销). */
  | 'REVERSED';

/** Confirms outcomes; point outcomes are posted to the accounts (确认结果运用). */
export type OutcomesConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Due date of those to be carried out (办理期限). */
  due?: InputMaybe<Scalars['Date']['input']>;
  /** The outcomes (结果运用). */
  outcomes: Array<Scalars['ID']['input']>;
};

/** Ends a pair (结束结对). */
export type PairEndInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** First day they are no pair any more (终止日期). */
  on: Scalars['Date']['input'];
  /** The pair (结对). */
  pair: Scalars['ID']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** A pair to begin (结对). */
export type PairRow = {
  /** Exchanges a month; what the template says when omitted (每月次数). */
  exchangesPerMonth?: InputMaybe<Scalars['Int']['input']>;
  /** Who follows (被带动方). */
  follow: Scalars['ID']['input'];
  /** First day (起始日期). */
  from: Scalars['Date']['input'];
  /** Who leads: a unit, person or organisation (带动方). */
  lead: Scalars['ID']['input'];
  /** Why, where no round suggests it (理由). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Round whose result suggests it (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
};

/** Lets pairs begin, all or none (确认结对). */
export type PairsConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** The pairs (结对). */
  pairs: Array<PairRow>;
};

/** A review group (评比小组). */
export type PanelInput = {
  /** Channels it marks; empty: all (负责渠道). */
  channels?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Items it marks; empty: all (负责单项). */
  items?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Members (成员). */
  members: Array<Scalars['ID']['input']>;
  /** Name (名称). */
  name: Scalars['String']['input'];
  /** Ids of the subjects it marks (负责对象). */
  subjects?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Codes of the places or subjects it marks; with subjects, empty: all (负责单位). */
  unitCodes?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** Sets the review groups of a round (编组). */
export type PanelsSetInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The groups (小组). */
  panels: Array<PanelInput>;
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The seconded cadres (抽调干部). */
  seconded: SecondedInput;
};

/** How a group's tallied paper stands (纸质票清点情况). */
export type PaperState =
  /** Two persons counted the same (两人一致). */
  | 'AGREED'
  /** One person has counted; a second one has to (待第二人清点). */
  | 'FIRST';

/** A part of one subject's total (分项得分). */
export type PartValueInput = {
  /** Key of the part (分项). */
  part: Scalars['String']['input'];
  /** Why this value (原因). */
  reason: Scalars['String']['input'];
  /** The contestant (参评对象). */
  subject?: InputMaybe<Scalars['ID']['input']>;
  /** Its code, instead of the id (代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
  /** Value on the scale of the total (得分). */
  value: Scalars['Decimal']['input'];
};

/** Enters parts of totals, all or nothing (录入分项得分). */
export type PartValuesEnterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The values, at most 2000 (得分). */
  values: Array<PartValueInput>;
};

/** A rank of before the program (以往名次). */
export type PastRankRow = {
  /** Period, for example 2023-03 (周期). */
  period: Scalars['String']['input'];
  /** Rank, from 1 (名次). */
  rank: Scalars['Int']['input'];
  /** Code of the unit, or pseudonym of the person (对象代码). */
  subject: Scalars['String']['input'];
  /** Total, where it was published (总分). */
  total?: InputMaybe<Scalars['Decimal']['input']>;
};

/** Enters ranks of before the program, all or nothing (补录以往名次). */
export type PastRanksImportInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Ranks, 1 to 5000 (名次). */
  rows: Array<PastRankRow>;
  /** Bulletin they are taken from (通报文号). */
  source: Scalars['String']['input'];
};

/** Erases a person's name; results keep the pseudonym (删除姓名). */
export type PersonEraseInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The person (人员). */
  person: Scalars['ID']['input'];
  /** Why (原因). */
  reason: Scalars['String']['input'];
};

/** Lets a user act as a person of the tenant, or ends that (关联账号). */
export type PersonLinkInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Login of the user; null ends the link (账号). */
  login?: InputMaybe<Scalars['String']['input']>;
  /** The person (人员). */
  person: Scalars['ID']['input'];
};

/** Corrects a person's name; one that was erased stays erased (更正姓名). */
export type PersonRenameInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The name (姓名). */
  name: Scalars['String']['input'];
  /** The person (人员). */
  person: Scalars['ID']['input'];
};

/** Gives a tenant a plan from now on (指定套餐). */
export type PlanAssignInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the plan (套餐标识). */
  plan: Scalars['String']['input'];
  /** Code of its unit (区划代码). */
  unitCode: Scalars['String']['input'];
  /** When it ends; after the plan's own days when omitted (到期时间). */
  until?: InputMaybe<Scalars['DateTime']['input']>;
};

/** Offers a plan, or changes what it offers, at once for all who have it (设置套餐). */
export type PlanPutInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Days after which it ends; never when omitted (有效天数). */
  days?: InputMaybe<Scalars['Int']['input']>;
  /** Key: small letters, digits and - (标识). */
  key: Scalars['String']['input'];
  /** Name in Chinese (名称). */
  name: Scalars['String']['input'];
  /** Name in English (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Requests of API tokens in a calendar month at most; none when omitted (每月接口请求上限). */
  requests?: InputMaybe<Scalars['Int']['input']>;
  /** Megabytes of stored files at most; none when omitted (存储上限). */
  storageMegabytes?: InputMaybe<Scalars['Int']['input']>;
  /** Villages at most; none when omitted (村数上限). */
  villages?: InputMaybe<Scalars['Int']['input']>;
};

/** Records who is present and how many paper forms were handed out (登记到会和纸质票). */
export type PollAttendanceInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the group (分组). */
  group: Scalars['String']['input'];
  /** Paper forms handed out; codes and forms together are never more than those due (发出纸质票). */
  papers: Scalars['Int']['input'];
  /** The evaluation (民主测评). */
  poll: Scalars['ID']['input'];
  /** People present, up to those due (实到). */
  present: Scalars['Int']['input'];
};

/** Closes an evaluation; it is closed when a second person has said so (截止测评). */
export type PollCloseInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The evaluation (民主测评). */
  poll: Scalars['ID']['input'];
};

/** Draws codes and prints them; they are shown this once only (制发测评码). */
export type PollCodesIssueInput = {
  /** Whether all earlier codes lose their worth, for slips that were lost; refused once one was used (重新制发). */
  anew?: InputMaybe<Scalars['Boolean']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** How many codes for which group (各组数量). */
  groups: Array<PollGroupNumber>;
  /** The evaluation (民主测评). */
  poll: Scalars['ID']['input'];
  /** Where voters reach this site, such as https://leitai.example: scheme and host (网址). */
  site: Scalars['String']['input'];
};

/** A number for a rater group (分组数量). */
export type PollGroupNumber = {
  /** Key of the group (分组). */
  group: Scalars['String']['input'];
  /** Number, 1 or more (数量). */
  number: Scalars['Int']['input'];
};

/** Opens a democratic evaluation (设立民主测评). */
export type PollOpenInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Key of the template's ballot; may be left out when it has one only (测评键名). */
  key?: InputMaybe<Scalars['String']['input']>;
  /** The round whose roster is put to it; none for an evaluation that stands alone (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Subjects of an evaluation that stands alone, or a part of the round's (测评对象). */
  subjects?: InputMaybe<Array<PollSubjectInput>>;
  /** Title, up to 120 characters; by default the names of competition, period and ballot (标题). */
  title?: InputMaybe<Scalars['String']['input']>;
};

/** Keeps the viewer's own count of a group's paper forms; a second person counts independently (录入纸质票). */
export type PollPaperInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the group (分组). */
  group: Scalars['String']['input'];
  /** The evaluation (民主测评). */
  poll: Scalars['ID']['input'];
  /** How many forms were handed in, invalid ones included (收回). */
  returned: Scalars['Int']['input'];
  /** The counts of every subject, each summing to the forms handed in (各对象票数). */
  subjects: Array<PollPaperSubject>;
};

/** What the paper forms of a group said of one subject (对象票数). */
export type PollPaperSubject = {
  /** Ballots that abstained (弃权). */
  abstained?: InputMaybe<Scalars['Int']['input']>;
  /** Ballots that are invalid (无效). */
  invalid?: InputMaybe<Scalars['Int']['input']>;
  /** Ballots per option (各选项票数). */
  options: Array<OptionCountInput>;
  /** Ballots recused (回避). */
  recused?: InputMaybe<Scalars['Int']['input']>;
  /** Id of the subject, as in PollSubject.subject (对象编号). */
  subject: Scalars['String']['input'];
};

/** Replaces the roster, all or nothing; refused once codes were issued (测评花名册). */
export type PollRosterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The evaluation (民主测评). */
  poll: Scalars['ID']['input'];
  /** The rows (花名册). */
  rows: Array<PollRosterRow>;
};

/** A row of the roster: a person in one group; a person of two groups has two rows and one ballot (花名册行). */
export type PollRosterRow = {
  /** Key of the rater group (分组). */
  group: Scalars['String']['input'];
  /** Pseudonym or roster number, never a name (人员编号). */
  person: Scalars['String']['input'];
  /** Code of the person's own village (所在村代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** State of a democratic evaluation (民主测评状态). */
export type PollState =
  /** Closed by two officials; the scores are made (已截止). */
  | 'CLOSED'
  /** Codes are issued and sheets are taken; nothing of the result exists (进行中). */
  | 'OPEN';

/** A subject put to an evaluation (测评对象). */
export type PollSubjectInput = {
  /** Branch whose lights it is counted with (所在支部). */
  branch?: InputMaybe<Scalars['String']['input']>;
  /** Name as printed on the form (名称). */
  name: Scalars['String']['input'];
  /** A unit, a person or an organisation (对象). */
  subject: Scalars['ID']['input'];
};

/** Ends a post (免去职务). */
export type PostEndInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** First day no longer held (终止日期). */
  on: Scalars['Date']['input'];
  /** The post (职务). */
  post: Scalars['ID']['input'];
};

/** Takes a step from the proposal to the filing, into the village, to the end or the recall (办理环节). */
export type PostingAdvanceInput = {
  /** Who takes it (办理单位). */
  by: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** First day in the village, with POSTED (到任日期). */
  from?: InputMaybe<Scalars['Date']['input']>;
  /** Day (日期). */
  on: Scalars['Date']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
  /** Why, of a recall or withdrawal (原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Number of the minutes, letter or filing (记录编号). */
  record?: InputMaybe<Scalars['String']['input']>;
  /** Recall: what was traced back to the sending unit (倒查责任). */
  responsibility?: InputMaybe<Scalars['String']['input']>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The stage it leads to; FILED and RECALLED need posting:file (环节). */
  to: PostingStage;
};

/** Names mentor and liaison and ticks off what goes with a posting (任职安排). */
export type PostingArrangeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Fully detached from the sending unit (与原单位脱钩). */
  detached: Scalars['Boolean']['input'];
  /** Liaison of the sending unit (联络员). */
  liaison?: InputMaybe<Scalars['ID']['input']>;
  /** Mentor (导师). */
  mentor?: InputMaybe<Scalars['ID']['input']>;
  /** Outside the village's headcount (不占村干部职数). */
  outsideHeadcount: Scalars['Boolean']['input'];
  /** Party relation moved on (组织关系转接日期). */
  partyMovedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
  /** Recorded in the personal file on (记入档案日期). */
  recordedOn?: InputMaybe<Scalars['Date']['input']>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
};

/** Confirms a visit or hearing of the own unit (确认走访或听取汇报). */
export type PostingConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The event (活动). */
  event: Scalars['ID']['input'];
};

/** Plans what a village is sent; its classes decide, need adds to that (选派计划). */
export type PostingDemandInput = {
  /** The unit bound to the village (责任捆绑单位). */
  bound?: InputMaybe<Scalars['ID']['input']>;
  /** Send a first secretary although the class does not ask for one (按需选派第一书记). */
  byNeed?: InputMaybe<Scalars['Boolean']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Villages developed together (成方连片). */
  cluster?: InputMaybe<Scalars['String']['input']>;
  /** The competition (方案). */
  competition: Scalars['ID']['input'];
  /** A team is there already and is included whole (已有工作组整体纳入). */
  existingTeam?: InputMaybe<Scalars['Boolean']['input']>;
  /** How funds are adjusted (资金安排). */
  funds?: InputMaybe<Scalars['String']['input']>;
  /** The revision read; leave out for a village not planned yet (修订号). */
  revision?: InputMaybe<Scalars['Int']['input']>;
  /** Send a team likewise (按需选派工作队). */
  teamByNeed?: InputMaybe<Scalars['Boolean']['input']>;
  /** Code of the village (村代码). */
  unitCode: Scalars['String']['input'];
};

/** Records what was held: for all with a competition, for one with a posting (活动登记). */
export type PostingEventInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition, of what is held for all (方案). */
  competition?: InputMaybe<Scalars['ID']['input']>;
  /** Kind (类别). */
  kind: PostingEventKind;
  /** Note (说明). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Day (日期). */
  on: Scalars['Date']['input'];
  /** The posting, of a unit's visit or hearing (选派). */
  posting?: InputMaybe<Scalars['ID']['input']>;
};

/** What is held for people who are posted (活动类别). */
export type PostingEventKind =
  /** On-site observation, at least once a half-year (现场观摩). */
  | 'OBSERVATION'
  /** The county meets its first secretaries, at least once a quarter (座谈会). */
  | 'SYMPOSIUM'
  /** Training, at least once a year (培训). */
  | 'TRAINING'
  /** The sending unit hears the person's report, at least once a half-year (听取汇报). */
  | 'UNIT_REPORT'
  /** The head of the sending unit visits, at least once a half-year (派出单位走访). */
  | 'UNIT_VISIT';

/** Records the facts a selection check needs; personal data that goes with the name (选派条件信息). */
export type PostingFactsInput = {
  /** Birth date (出生日期). */
  born: Scalars['Date']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Full member of the Party since; leave out for nobody who is one (转正日期). */
  fullMemberSince?: InputMaybe<Scalars['Date']['input']>;
  /** Months of work at the grass roots in all, 0 to 720 (基层工作月数). */
  grassrootsMonths?: InputMaybe<Scalars['Int']['input']>;
  /** Health declaration, yes or no only (健康审核). */
  health?: InputMaybe<Scalars['Boolean']['input']>;
  /** The person (人员). */
  person: Scalars['ID']['input'];
  /** Political declaration, yes or no only (政治表现审核). */
  political?: InputMaybe<Scalars['Boolean']['input']>;
  /** From a kind of unit the notice prefers (优先单位). */
  preferredUnit?: InputMaybe<Scalars['Boolean']['input']>;
  /** Rank (职级). */
  rank?: InputMaybe<PostingRank>;
  /** The revision read; leave out the first time (修订号). */
  revision?: InputMaybe<Scalars['Int']['input']>;
  /** Rural expertise (涉农专长). */
  ruralExpertise?: InputMaybe<Scalars['Boolean']['input']>;
  /** At work since (参加工作日期). */
  workSince?: InputMaybe<Scalars['Date']['input']>;
};

/** One figure (指标数据). */
export type PostingFigureInput = {
  /** Metric of the milestone's formula (指标). */
  metric: Scalars['String']['input'];
  /** Value; counts and sums only (数值). */
  value: Scalars['Decimal']['input'];
};

/** Enters the figures of one milestone and period; a later entry corrects (任务目标数据). */
export type PostingFiguresInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Figures (数据). */
  figures: Array<PostingFigureInput>;
  /** Key of the milestone (目标键名). */
  milestone: Scalars['String']['input'];
  /** Period as the targets name it (周期). */
  period: Scalars['String']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
  /** Where they were taken from (来源). */
  source: Scalars['String']['input'];
};

/** Records a half-yearly inspection (专项考察). */
export type PostingInspectInput = {
  /** Whether it keeps the person from the best grade (是否影响评优). */
  bars: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Conduct (作风). */
  conduct: Scalars['Boolean']['input'];
  /** Discipline (纪律). */
  discipline: Scalars['Boolean']['input'];
  /** Day (日期). */
  on: Scalars['Date']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
  /** Why, when the half-year was inspected before (更正原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** Number of the record (记录编号). */
  record: Scalars['String']['input'];
  /** Results (实绩). */
  results: Scalars['Boolean']['input'];
  /** Service to the people (为民). */
  service: Scalars['Boolean']['input'];
};

/** Records approved leave (请假). */
export type PostingLeaveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** First day (起日). */
  first: Scalars['Date']['input'];
  /** Last day, inclusive (止日). */
  last: Scalars['Date']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
};

/** How a month of days in the village stands; none leads to a penalty by itself (驻村天数情况). */
export type PostingMonthState =
  /** Short, and enough of it was approved leave (因请假不足). */
  | 'EXCUSED'
  /** Enough days present (达到). */
  | 'OK'
  /** Short (不足). */
  | 'SHORT';

/** Proposes a person for a village that is planned for (提名). */
export type PostingNominateInput = {
  /** The unit's personnel office (提名单位). */
  by: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** What the village is sent (选派计划). */
  demand: Scalars['ID']['input'];
  /** Day of the proposal (提名日期). */
  on: Scalars['Date']['input'];
  /** The person (人员). */
  person: Scalars['ID']['input'];
  /** The recalled posting that this one replaces (接替). */
  replaces?: InputMaybe<Scalars['ID']['input']>;
  /** Role (身份). */
  role: PostingRole;
  /** Date on which years are counted (条件审核日期). */
  selectedOn: Scalars['Date']['input'];
  /** Sending unit (派出单位). */
  sender: Scalars['ID']['input'];
};

/** Rank as far as a preference asks for it (职级). */
export type PostingRank =
  /** 正科. */
  | 'SECTION_CHIEF'
  /** 副科. */
  | 'SECTION_DEPUTY';

/** What somebody is sent as (选派身份). */
export type PostingRole =
  /** First secretary; leads the team where there is one (第一书记). */
  | 'FIRST_SECRETARY'
  /** Member of the work team (工作队队员). */
  | 'TEAM_MEMBER';

/** Where a nomination or posting stands (选派环节). */
export type PostingStage =
  /** The term ended (期满). */
  | 'COMPLETED'
  /** The Organisation Department was consulted (征求组织部门意见). */
  | 'CONSULTED'
  /** The unit's committee decided (单位党组织研究). */
  | 'DECIDED'
  /** Vetted and filed by the Organisation Department (审核备案). */
  | 'FILED'
  /** In the village (在岗). */
  | 'POSTED'
  /** Proposed by the unit's personnel office (人事部门提出). */
  | 'PROPOSED'
  /** Recalled (召回). */
  | 'RECALLED'
  /** Given up before the posting (撤回). */
  | 'WITHDRAWN';

/** States the days of a month that is over (驻村天数月报). */
export type PostingStateDaysInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Days present, 0 to 31 (驻村天数). */
  days: Scalars['Int']['input'];
  /** Days of approved leave, 0 to 31 (请假天数). */
  excused?: InputMaybe<Scalars['Int']['input']>;
  /** Month, YYYY-MM (月份). */
  month: Scalars['String']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
  /** Why, when the month was stated before (更正原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
};

/** Records whether allowance and insurance were there (补助和保险). */
export type PostingSupportInput = {
  /** Allowance paid (补助已发). */
  allowance: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Insurance taken out (保险已办). */
  insurance: Scalars['Boolean']['input'];
  /** Period: 2022-03, 2022-Q1, 2022-H1 or 2022 (周期). */
  period: Scalars['String']['input'];
  /** The posting (选派). */
  posting: Scalars['ID']['input'];
};

/** How a target stands in one period (目标进度). */
export type PostingTargetState =
  /** Reached (已达成). */
  | 'MET'
  /** Due and not reached (未达成). */
  | 'MISSED'
  /** Not yet due, or the term covers only part of the period (未到期). */
  | 'PENDING'
  /** Due, and figures are missing (缺少数据). */
  | 'UNKNOWN';

/** Whether somebody who had to come did (出席情况). */
export type Presence =
  /** Did not come (缺席). */
  | 'ABSENT'
  /** Was excused, with the reason (请假). */
  | 'EXCUSED'
  /** Came (出席). */
  | 'PRESENT';

/** One part of a report (报告部分). */
export type ReportPartInput = {
  /** Key (标识). */
  key: Scalars['String']['input'];
  /** Text (正文). */
  text: Scalars['String']['input'];
};

/** Records the review meeting of a round (登记点评会). */
export type ReviewMeetingRecordInput = {
  /** Who chaired it (主持人). */
  chair: Scalars['ID']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Held on, not after today (日期). */
  heldOn: Scalars['Date']['input'];
  /** Minutes (纪要). */
  minutes?: InputMaybe<Scalars['String']['input']>;
  /** Number of the minutes (纪要编号). */
  minutesNumber?: InputMaybe<Scalars['String']['input']>;
  /** Where (地点). */
  place?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Gives an own role other names or permissions; the caller must hold what is added and what is taken (修改自定角色). */
export type RoleChangeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the role (标识). */
  key: Scalars['String']['input'];
  /** Name in English, up to 80 characters (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Name in Chinese, 1 to 40 characters (中文名称). */
  nameZh: Scalars['String']['input'];
  /** All permissions that it is to have (权限). */
  permissions: Array<Scalars['String']['input']>;
  /** Revision the caller has seen (版本). */
  revision: Scalars['Int']['input'];
};

/** Defines one of the tenant's own roles; the caller must hold each permission over the whole tenant (设立自定角色). */
export type RoleDefineInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key, beginning with own-, for example own-archivist (标识). */
  key: Scalars['String']['input'];
  /** Name in English, up to 80 characters (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** Name in Chinese, 1 to 40 characters (中文名称). */
  nameZh: Scalars['String']['input'];
  /** Permissions, each of which the catalogue lets be handed on (权限). */
  permissions: Array<Scalars['String']['input']>;
};

/** Retires an own role that no grant gives any longer (停用自定角色). */
export type RoleRetireInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the role (标识). */
  key: Scalars['String']['input'];
  /** Revision the caller has seen (版本). */
  revision: Scalars['Int']['input'];
};

/** A value of a roll-up's part (组成部分分值). */
export type RollupPartRow = {
  /** Where it is taken from (来源). */
  reason: Scalars['String']['input'];
  /** Who is judged: a unit, person or organisation (对象). */
  subject: Scalars['ID']['input'];
  /** Value, 0 to the points of the scale (分值). */
  value: Scalars['Decimal']['input'];
};

/** Enters a part of a roll-up that no round gives (录入组成部分). */
export type RollupPartsEnterInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** First period (起始周期). */
  from: Scalars['String']['input'];
  /** Key of the roll-up (汇总). */
  key: Scalars['String']['input'];
  /** Key of the part (组成部分). */
  part: Scalars['String']['input'];
  /** Values (分值). */
  rows: Array<RollupPartRow>;
  /** Last period (结束周期). */
  to: Scalars['String']['input'];
};

/** Keeps a summary with its outcomes (发布汇总). */
export type RollupPublishInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** First period (起始周期). */
  from: Scalars['String']['input'];
  /** Key in the template (标识). */
  key: Scalars['String']['input'];
  /** Last period (结束周期). */
  to: Scalars['String']['input'];
};

/** Adds people and posts, all or nothing (导入花名册). */
export type RosterImportInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The lines (条目). */
  rows: Array<RosterRowInput>;
};

/** One line of a roster: a person and one post (花名册条目). */
export type RosterRowInput = {
  /** First day (起始日期). */
  from: Scalars['Date']['input'];
  /** Name (姓名). */
  name: Scalars['String']['input'];
  /** Name of the organisation it is held in (机构). */
  organisation?: InputMaybe<Scalars['String']['input']>;
  /** Kind of post (职务类别). */
  post: Scalars['String']['input'];
  /** Pseudonym; made by the system when omitted (代号). */
  pseudonym?: InputMaybe<Scalars['String']['input']>;
  /** Title, for example 党政办主任 (具体职务). */
  title?: InputMaybe<Scalars['String']['input']>;
  /** First day no longer held (终止日期). */
  to?: InputMaybe<Scalars['Date']['input']>;
  /** Statistical code of the unit the post is held at; omitted for one in an organisation alone (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** Issues the written notice of a round (发布通知). */
export type RoundNotifyInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Another day than planned, fixed by the leading group (改期). */
  held?: InputMaybe<Scalars['Date']['input']>;
  /** Document number (发文字号). */
  number: Scalars['String']['input'];
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** What to prepare and bring (要求). */
  text?: InputMaybe<Scalars['String']['input']>;
  /** Venue: the township office or a demonstration village (地点). */
  venue: Scalars['String']['input'];
};

/** Publishes a round by an approver (审定通报). */
export type RoundPublishInput = {
  /** Audience; the template's when omitted (公布范围). */
  audience?: InputMaybe<Audience>;
  /** Number of the bulletin (通报文号). */
  bulletinNumber?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The approver's comment (审定意见). */
  comment?: InputMaybe<Scalars['String']['input']>;
  /** Why a correction is published (更正原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** State of a round; each step has its guard (轮次状态). */
export type RoundState =
  /** Not held (已取消). */
  | 'CANCELLED'
  /** Marks are complete and confirmed (已关闭). */
  | 'CLOSED'
  /** Totals and ranks are computed (已计算). */
  | 'COMPUTED'
  /** Written notice issued (已通知). */
  | 'NOTIFIED'
  /** Marks are taken (评分中). */
  | 'OPEN'
  /** Dated, nothing sent (已编排). */
  | 'PLANNED'
  /** Announced; the objection period runs (公示中). */
  | 'PROVISIONAL'
  /** Approved and published (已通报). */
  | 'PUBLISHED';

/** Takes a step with a round (轮次操作). */
export type RoundStepInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why; needed to withdraw the rubric, to reopen and to cancel (原因). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** Fixes theme and form of a round before it opens (确定主题). */
export type RoundThemeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Form of the arena (擂台形式). */
  form?: InputMaybe<ArenaForm>;
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** Theme; asked for where the template has themes (主题). */
  theme?: InputMaybe<Scalars['String']['input']>;
};

/** Dates rounds by the calendar (编排轮次). */
export type RoundsPlanInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** First period: 2023-04, 2023-Q2, 2023-H1 or 2023 (起始周期). */
  from: Scalars['String']['input'];
  /** Last period (结束周期). */
  to: Scalars['String']['input'];
};

/** Lays the route of a round; it replaces the plan before (安排路线). */
export type RoutePlanInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** The stops in order, at most 500 (各站). */
  stops: Array<RouteStopInput>;
};

/** One stop of a route; its place in the list is its position (路线中的一站). */
export type RouteStopInput = {
  /** Who leads it (带队人). */
  lead?: InputMaybe<Scalars['ID']['input']>;
  /** Note (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Planned on (计划日期). */
  plannedOn: Scalars['Date']['input'];
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
};

/** One item of a rubric (单项工作). */
export type RubricItemInput = {
  /** Weights that differ from the template's (渠道权重). */
  channels?: InputMaybe<Array<ChannelWeightInput>>;
  /** What is looked at and what to prepare (评分标准). */
  criteria?: InputMaybe<Scalars['String']['input']>;
  /** Dimension of the dictionary (领域). */
  dimension: Scalars['String']['input'];
  /** Kinds of evidence: document, photo, observed, interview (佐证类型). */
  evidence?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Classes it is for; everybody when omitted (适用分类). */
  for?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Key: lower-case letters, digits, hyphens (标识). */
  key: Scalars['String']['input'];
  /** Kind; points when omitted (类型). */
  kind?: InputMaybe<ItemKind>;
  /** What does not apply is worth: full or redistribute (不适用的处理). */
  na?: InputMaybe<Scalars['String']['input']>;
  /** Chinese name (中文名称). */
  name: Scalars['String']['input'];
  /** English name (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** The leader in charge; the caller when omitted (分管领导). */
  owner?: InputMaybe<Scalars['ID']['input']>;
  /** Points (分值). */
  points: Scalars['Decimal']['input'];
  /** What only its kind has (类型规则). */
  rule?: InputMaybe<ItemRuleInput>;
};

/** Writes items of one owner into the rubric (编写细则). */
export type RubricWriteInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Items to add or replace by key (单项). */
  items: Array<RubricItemInput>;
  /** Keys to take out (删除单项). */
  remove?: InputMaybe<Array<Scalars['String']['input']>>;
  /** The round's revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The round (轮次). */
  round: Scalars['ID']['input'];
};

/** What a search finds (检索对象类别). */
export type SearchKind =
  /** A competition (比武). */
  | 'COMPETITION'
  /** An issue of the ledger (问题). */
  | 'ISSUE'
  /** An office's own form of a document (本单位文书格式). */
  | 'OFFICE_FORM'
  /** An organisation (组织机构). */
  | 'ORGANISATION'
  /** A person of the roster (人员). */
  | 'PERSON'
  /** A published result, by its bulletin's number, too (通报). */
  | 'PUBLICATION'
  /** A round of a competition (轮次). */
  | 'ROUND'
  /** A version of a template (模板). */
  | 'TEMPLATE'
  /** A unit: a village, the township … (区划单位). */
  | 'UNIT';

/** Seconded cadres of a round (抽调干部). */
export type SecondedInput = {
  /** Assigned: the people and the number of the group each sits in (指定人员). */
  assigned?: InputMaybe<Array<SecondedSeatInput>>;
  /** Draw or rotation: the pool (候选人员). */
  pool?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Seed of a draw, recorded with it (抽签种子). */
  seed?: InputMaybe<Scalars['String']['input']>;
};

/** A seconded cadre's seat (抽调席位). */
export type SecondedSeatInput = {
  /** Number of the group, from 1 (组号). */
  panel: Scalars['Int']['input'];
  /** The person (人员). */
  person: Scalars['ID']['input'];
};

/** Makes an account for a system (新建服务账号). */
export type ServiceAccountCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The department that answers for it, 1 to 100 characters (责任部门). */
  department: Scalars['String']['input'];
  /** What the system is called, 1 to 100 characters (名称). */
  name: Scalars['String']['input'];
  /** What it is for, 1 to 500 characters (用途). */
  purpose: Scalars['String']['input'];
  /** When to look whether it is still needed, within a year; in a year when omitted (复核日期). */
  reviewOn?: InputMaybe<Scalars['Date']['input']>;
};

/** Disables a service account for good, with all its tokens and roles (停用服务账号). */
export type ServiceAccountDisableInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The service account (服务账号). */
  serviceAccount: Scalars['ID']['input'];
};

/** Says that a service account is still needed (复核服务账号). */
export type ServiceAccountReviewInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** When to look again, within a year; in a year when omitted (下次复核日期). */
  reviewOn?: InputMaybe<Scalars['Date']['input']>;
  /** The service account (服务账号). */
  serviceAccount: Scalars['ID']['input'];
};

/** Other settings to try on published rounds; what is omitted stays as it is (模拟设置). */
export type SettingsInput = {
  /** Bands (名次段). */
  bands?: InputMaybe<Array<BandSettingInput>>;
  /** published or exact (排名依据). */
  rankOn?: InputMaybe<Scalars['String']['input']>;
  /** all or track (排名范围). */
  scope?: InputMaybe<Scalars['String']['input']>;
  /** Streaks (连续情形). */
  streaks?: InputMaybe<Array<StreakSettingInput>>;
  /** Tie-break chain: channel, item or part keys, heaviest-item; empty: ties stand (并列处理). */
  tieBreak?: InputMaybe<Array<Scalars['String']['input']>>;
};

/** A step from sign-up to the first notified round (开通步骤). */
export type SetupStepKey =
  /** Activate the template (启用方案). */
  | 'ACTIVATE'
  /** Agree to the adoption with the tenant above (归口关系). */
  | 'ADOPTION'
  /** Date its rounds (排定轮次). */
  | 'CALENDAR'
  /** Create the competition with its notice (设立擂台). */
  | 'COMPETITION'
  /** Issue the notice of the first round (下发第一轮通知). */
  | 'NOTICE'
  /** Invite at least a clerk and a judge (邀请人员). */
  | 'PEOPLE'
  /** Choose a scheme of the library, with templateFromPreset (选择方案). */
  | 'TEMPLATE'
  /** Say which villages take part, with villagesConfirm (确认村名单). */
  | 'VILLAGES';

/** Approves or refuses an application (审批开通申请). */
export type SignupDecideInput = {
  /** Whether it is approved: the tenant opens with the applicant as its first administrator (是否同意). */
  approve: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Another login, where the one wished for is taken; the applicant reads it (改用账号). */
  login?: InputMaybe<Scalars['String']['input']>;
  /** Reason, which the applicant reads; needed for a refusal (审批意见). */
  reason?: InputMaybe<Scalars['String']['input']>;
  /** The application (申请). */
  signup: Scalars['ID']['input'];
};

/** How far an application to sign up is (开通申请状态). */
export type SignupState =
  /** Approved: the tenant is open (已同意). */
  | 'APPROVED'
  /** Refused (不同意). */
  | 'REFUSED'
  /** Waits for a decision (待审批). */
  | 'WAITING';

/** Records a step of a round (登记步骤). */
export type StageRecordInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Done on, not after today (日期). */
  doneOn: Scalars['Date']['input'];
  /** Note; a step that is left out needs its reason (说明). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round: Scalars['ID']['input'];
  /** Whether it is left out (是否跳过). */
  skipped?: InputMaybe<Scalars['Boolean']['input']>;
  /** Key of the step, as in the template (步骤). */
  stage: Scalars['String']['input'];
  /** Code of the village; all contestants when omitted (单位代码). */
  unitCode?: InputMaybe<Scalars['String']['input']>;
};

/** Whose lines a statement has (对账单范围). */
export type StatementScope =
  /** Everybody's, for the platform (全部). */
  | 'ALL'
  /** Those of the tenants it adopted, counts only (已纳管的下级). */
  | 'BELOW'
  /** The tenant's own (本单位). */
  | 'OWN';

/** Other settings of a streak (连续情形设置). */
export type StreakSettingInput = {
  /** continue or reset (触发之后). */
  after?: InputMaybe<Scalars['String']['input']>;
  /** Rounds in a row (次数). */
  length?: InputMaybe<Scalars['Int']['input']>;
  /** Key of the streak (连续情形). */
  streak: Scalars['String']['input'];
};

/** What contests (参评对象类别). */
export type SubjectKind =
  /** County, district or county-level city (县、市、区). */
  | 'COUNTY'
  /** Natural village (村民小组). */
  | 'GROUP'
  /** Organisation (单位、党组织). */
  | 'ORGANISATION'
  /** Person holding a post (人员). */
  | 'PERSON'
  /** Work team (工作队). */
  | 'TEAM'
  /** Township, town or sub-district (乡镇、街道). */
  | 'TOWNSHIP'
  /** Village or community (村、社区). */
  | 'VILLAGE';

/** Records that a document was handed in: as text, or as a paper with where it lies, or as a kept file (登记报送). */
export type SubmissionHandInInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Key of the document (材料). */
  document: Scalars['String']['input'];
  /** A kept file (电子材料). */
  evidence?: InputMaybe<Scalars['ID']['input']>;
  /** Person who brought it (报送人). */
  handedBy?: InputMaybe<Scalars['ID']['input']>;
  /** Day; today when omitted (报送日期). */
  handedOn?: InputMaybe<Scalars['Date']['input']>;
  /** Where the paper lies (纸质材料存放). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Parts of the text, together at most 2000 characters unless the template says otherwise (正文). */
  parts?: InputMaybe<Array<ReportPartInput>>;
  /** Who hands in: a unit, person or organisation (报送对象). */
  subject: Scalars['ID']['input'];
  /** Year (年度). */
  year: Scalars['Int']['input'];
};

/** Records to which circle a report was made known (公开报告). */
export type SubmissionPublishInput = {
  /** To whom: for example members of the branch (公开范围). */
  circle: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The hand-in (报送). */
  submission: Scalars['ID']['input'];
};

/** Enters a measure of supervision (登记督查措施). */
export type SupervisionEnterInput = {
  /** Its basis (依据). */
  basis: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** The day, not after today (日期). */
  happenedOn: Scalars['Date']['input'];
  /** The issue it is about (问题). */
  issue?: InputMaybe<Scalars['ID']['input']>;
  /** Kind (方式). */
  kind: SupervisionKind;
  /** Number of the letter or bulletin (文号). */
  number?: InputMaybe<Scalars['String']['input']>;
  /** Points it costs, from -1000 to 0; 0 when omitted (扣分). */
  points?: InputMaybe<Scalars['Decimal']['input']>;
  /** What came of it (记录). */
  record?: InputMaybe<Scalars['String']['input']>;
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
  /** The visit it was found on (观摩). */
  visit?: InputMaybe<Scalars['ID']['input']>;
};

/** A tool of supervision (督查方式). */
export type SupervisionKind =
  /** A bulletin (下发通报). */
  | 'BULLETIN'
  /** A letter of inquiry (函询). */
  | 'INQUIRY_LETTER'
  /** Listed supervision (挂牌督办). */
  | 'LISTED'
  /** A talk (约谈). */
  | 'TALK'
  /** An unannounced visit (实地暗访). */
  | 'UNANNOUNCED_VISIT';

/** Withdraws a measure of supervision that was entered wrongly (撤销督查措施). */
export type SupervisionWithdrawInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** The measure (督查措施). */
  supervision: Scalars['ID']['input'];
};

/** Records that a task was carried out (办结事项). */
export type TaskCloseInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** What was done, by whom, when (执行记录). */
  record: Scalars['String']['input'];
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The task (事项). */
  task: Scalars['ID']['input'];
};

/** State of a task (事项状态). */
export type TaskState =
  /** Carried out and recorded (已办结). */
  | 'DONE'
  /** To be carried out (待办). */
  | 'OPEN'
  /** Its outcome was taken back (已撤销). */
  | 'WITHDRAWN';

/** Activates a draft for good (启用模板). */
export type TemplateActivateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The readings confirmed by the person who activates; all of toConfirm (确认事项). */
  confirm: Array<Scalars['String']['input']>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The draft (草稿). */
  template: Scalars['ID']['input'];
};

/** Stores a document as the next version of its key (新建模板). */
export type TemplateCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** YAML or JSON, at most 256 KB (文档). */
  document: Scalars['String']['input'];
};

/** Stores a draft that rests on a parent and keeps what the parent locks (由上级模板派生). */
export type TemplateDeriveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the new template (新模板标识). */
  key: Scalars['String']['input'];
  /** Name in Chinese; the parent's when left out (名称). */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Name in English (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
  /** The parent: an active version of the own tenant or of one above; this or a preset (上级模板). */
  parent?: InputMaybe<Scalars['ID']['input']>;
  /** A preset of the library instead of a parent (模板库标识). */
  preset?: InputMaybe<Scalars['String']['input']>;
};

/** How a template is exported (导出格式). */
export type TemplateFormat =
  /** JSON of the same shape, exact numbers as strings (供程序读取). */
  | 'JSON'
  /** Readable YAML, to be edited and imported again (可编辑). */
  | 'YAML';

/** Stores a preset of the library as a draft (由模板库新建). */
export type TemplateFromPresetInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Key of the new template; that of the preset when left out (新模板标识). */
  key?: InputMaybe<Scalars['String']['input']>;
  /** Key of the preset (模板库标识). */
  preset: Scalars['String']['input'];
};

/** Changes a draft (修改模板草稿). */
export type TemplateUpdateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The new document (文档). */
  document: Scalars['String']['input'];
  /** The revision the change was made on (修订号). */
  revision: Scalars['Int']['input'];
  /** The draft (草稿). */
  template: Scalars['ID']['input'];
};

/** Kind of tenant (租户类别). */
export type TenantKind =
  /** County (县区). */
  | 'COUNTY'
  /** The operator's own (平台). */
  | 'PLATFORM'
  /** Prefecture (地市). */
  | 'PREFECTURE'
  /** Township (乡镇街道). */
  | 'TOWNSHIP';

/** Calls the end off (撤销注销). */
export type TenantLeaveCancelInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why (理由). */
  reason: Scalars['String']['input'];
};

/** Confirms what somebody else asked for (确认注销). */
export type TenantLeaveConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
};

/** Asks for the end of the tenant (申请注销). */
export type TenantLeaveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why (理由). */
  reason: Scalars['String']['input'];
};

/** Opens a tenant below the caller's own (开通租户). */
export type TenantProvisionInput = {
  /** Login of the first administrator (首位管理员账号). */
  adminLogin: Scalars['String']['input'];
  /** Name of that person (姓名). */
  adminName: Scalars['String']['input'];
  /** First password of that login (初始密码). */
  adminPassword: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Name; the unit's shown name when omitted (名称). */
  name?: InputMaybe<Scalars['String']['input']>;
  /** Statistical code of its unit (区划代码). */
  unitCode: Scalars['String']['input'];
};

/** Lifts a suspension (恢复单位). */
export type TenantRestoreInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why (理由). */
  reason: Scalars['String']['input'];
  /** Code of its unit (区划代码). */
  unitCode: Scalars['String']['input'];
};

/** What is left of a tenant's access (单位状态). */
export type TenantState =
  /** Everything (正常). */
  | 'ACTIVE'
  /** Nothing (停用). */
  | 'CLOSED'
  /** Reading and exporting: suspended so, or its plan has ended (只读). */
  | 'READ_ONLY';

/** Holds a tenant back, from the next request of everybody there on (停用单位). */
export type TenantSuspendInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Whether nothing is left; reading and exporting are, otherwise (是否完全关闭). */
  close: Scalars['Boolean']['input'];
  /** Why; the tenant's administrators read it (理由). */
  reason: Scalars['String']['input'];
  /** Code of its unit (区划代码). */
  unitCode: Scalars['String']['input'];
};

/** Lets a token write (批准令牌写入). */
export type TokenApproveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The token (令牌). */
  token: Scalars['ID']['input'];
};

/** Makes a token (新建令牌). */
export type TokenCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Days it lives, 1 to 365 (有效天数). */
  days: Scalars['Int']['input'];
  /** Another user of the tenant it acts for, such as a dashboard; it may then read published data only, and for a service account what the caller may do there, too (代为新建的账号). */
  for?: InputMaybe<Scalars['ID']['input']>;
  /** What it is for (用途). */
  name: Scalars['String']['input'];
  /** Permissions to narrow it to (权限范围). */
  scopes?: InputMaybe<Array<Scalars['String']['input']>>;
  /** Units it counts at, and below; wherever the owner's roles do when omitted (限定单位). */
  units?: InputMaybe<Array<Scalars['ID']['input']>>;
  /** Whether it may write; read-only when omitted, and until somebody approved it (可写). */
  write?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Revokes a token (撤销令牌). */
export type TokenRevokeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The token (令牌). */
  token: Scalars['ID']['input'];
};

/** Wipes a trial competition with everything in it (清除试评). */
export type TrialWipeInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** A trial competition (试评). */
  competition: Scalars['ID']['input'];
};

/** An operation to be registered (待登记的操作). */
export type TrustedDocumentInput = {
  /** What people call it, 1–200 characters (名称). */
  name: Scalars['String']['input'];
  /** One query or mutation in GraphQL that is valid against this schema, up to 20,000 characters; DOCUMENT_INVALID (查询语句). */
  text: Scalars['String']['input'];
};

/** Operations to be registered, all or none (登记操作). */
export type TrustedDocumentsAddInput = {
  /** The client's own mark, given back as it is (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 of them; the tenant has at most 500 at a time, DOCUMENTS_MOST (待登记的操作). */
  documents: Array<TrustedDocumentInput>;
};

/** Registrations to be ended, all or none (停用操作). */
export type TrustedDocumentsRetireInput = {
  /** The client's own mark, given back as it is (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** 1 to 100 of them (已登记的操作). */
  documents: Array<Scalars['ID']['input']>;
};

/** Whether programs may ask registered operations only (设置受信操作模式). */
export type TrustedModeSetInput = {
  /** The client's own mark, given back as it is (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Whose programs (对象). */
  of: TrustedTargetInput;
  /** true puts the mode in force, false lifts it (是否启用). */
  on: Scalars['Boolean']['input'];
};

/** Whose programs it is about; exactly one of the fields (对象). */
export type TrustedTargetInput =
  /** true: every token of the tenant, also those made later (全部令牌). */
  { everyToken: Scalars['Boolean']['input']; token?: never; }
  |  /** One token (令牌). */
  { everyToken?: never; token: Scalars['ID']['input']; };

/** What becomes of units (区划变更类别). */
export type UnitChangeKind =
  /** Several units become one (合并). */
  | 'MERGE'
  /** A unit goes below another one (划转). */
  | 'MOVE'
  /** A unit that the table of codes does not have (暂列单位). */
  | 'PROVISIONAL'
  /** One unit becomes several (拆分). */
  | 'SPLIT';

/** A class of a group set (类别). */
export type UnitClassInput = {
  /** Key: small letters, digits and - (标识). */
  key: Scalars['String']['input'];
  /** Name in Chinese, at most 100 characters (名称). */
  name: Scalars['String']['input'];
  /** Name in English (英文名称). */
  nameEn?: InputMaybe<Scalars['String']['input']>;
};

/** Decides on a proposed change (审定区划变更). */
export type UnitDecideInput = {
  /** Whether it is accepted (是否同意). */
  accept: Scalars['Boolean']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Reason; needed to refuse (意见). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The proposal (区划变更). */
  proposal: Scalars['ID']['input'];
};

/** Level of an administrative unit (行政层级). */
export type UnitLevel =
  /** County (县级). */
  | 'COUNTY'
  /** Natural village or villagers' group (村民小组). */
  | 'GROUP'
  /** Beside the tree: the operator's own (平台). */
  | 'PLATFORM'
  /** Prefecture (地级). */
  | 'PREFECTURE'
  /** Province (省级). */
  | 'PROVINCE'
  /** Township, town or sub-district (乡级). */
  | 'TOWNSHIP'
  /** Village or community (村级). */
  | 'VILLAGE';

/** State of a proposed change (区划变更状态). */
export type UnitProposalState =
  /** Accepted; the tree has changed (已同意). */
  | 'ACCEPTED'
  /** Waiting for a decision (待审定). */
  | 'PROPOSED'
  /** Refused (不同意). */
  | 'REFUSED';

/** Proposes a change of units (提出区划变更). */
export type UnitProposeInput = {
  /** Document that ordered it (批准文件). */
  basis: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Split: the unit itself goes on beside the new ones (原单位保留). */
  keep?: InputMaybe<Scalars['Boolean']['input']>;
  /** Kind (类别). */
  kind: UnitChangeKind;
  /** Units to be made (新单位). */
  made?: InputMaybe<Array<NewUnitInput>>;
  /** First day of the new order (生效日期). */
  since: Scalars['Date']['input'];
  /** Into which is merged, or under which the new unit stands (目标单位). */
  target?: InputMaybe<Scalars['ID']['input']>;
  /** Units that merge, split or move (原单位). */
  units?: InputMaybe<Array<Scalars['ID']['input']>>;
};

/** Makes a user; roles are given with grantCreate (新建账号). */
export type UserCreateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Login, unique on the whole service (账号). */
  login: Scalars['String']['input'];
  /** First password, at least ten characters (初始密码). */
  password: Scalars['String']['input'];
  /** The person of the tenant behind it (人员). */
  person?: InputMaybe<Scalars['ID']['input']>;
};

/** Kinds of account (账号类别). */
export type UserKind =
  /** Somebody who signs in (个人账号). */
  | 'PERSON'
  /** A system, which has tokens only (服务账号). */
  | 'SERVICE';

/** Gives another user of the tenant a new password; all their sessions end (重置密码). */
export type UserPasswordSetInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** New password, at least ten characters (新密码). */
  password: Scalars['String']['input'];
  /** The user (用户编号). */
  user: Scalars['ID']['input'];
};

/** Disables a user, with all sessions and tokens, or enables one again (停用、启用账号). */
export type UserStateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Why, 1 to 500 characters (原因). */
  reason: Scalars['String']['input'];
  /** The user; the tenant must be its home (账号编号). */
  user: Scalars['ID']['input'];
};

/** Says which villages of the township take part: all but those left out (确认村名单). */
export type VillagesConfirmInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Villages that do not take part (不参评的村). */
  leaveOut: Array<Scalars['ID']['input']>;
};

/** Records that a visit took place (登记观摩). */
export type VisitRecordInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Who led it; unchanged when omitted (带队人). */
  lead?: InputMaybe<Scalars['ID']['input']>;
  /** Note; unchanged when omitted (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** The revision read (修订号). */
  revision: Scalars['Int']['input'];
  /** The visit (观摩). */
  visit: Scalars['ID']['input'];
  /** Visited on, not after today; null: it did not take place after all (观摩日期). */
  visitedOn?: InputMaybe<Scalars['Date']['input']>;
};

/** Enters an unannounced visit (登记暗访). */
export type VisitUnannouncedInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The competition (比武). */
  competition: Scalars['ID']['input'];
  /** Who leads it (带队人). */
  lead?: InputMaybe<Scalars['ID']['input']>;
  /** Note (备注). */
  note?: InputMaybe<Scalars['String']['input']>;
  /** Planned on (计划日期). */
  plannedOn: Scalars['Date']['input'];
  /** The round (轮次). */
  round?: InputMaybe<Scalars['ID']['input']>;
  /** Code of the village (单位代码). */
  unitCode: Scalars['String']['input'];
  /** Visited on; the village sees it from then on (实施日期). */
  visitedOn?: InputMaybe<Scalars['Date']['input']>;
};

/** Enters an endpoint anew; who does is its owner from then on (修改推送地址). */
export type WebhookChangeInput = {
  /** Whether it is in use; switched on again, it is told of what happens from then on (是否启用). */
  active: Scalars['Boolean']['input'];
  /** New address; it stays as it is when none is given (新地址). */
  address?: InputMaybe<Scalars['String']['input']>;
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Kinds of events, at least one (事件类别). */
  kinds: Array<Scalars['String']['input']>;
  /** Name, 1 to 60 characters (名称). */
  name: Scalars['String']['input'];
  /** The revision read; STALE_REVISION for another (修订号). */
  revision: Scalars['Int']['input'];
  /** New 加签 secret of a DingTalk robot; it stays as it is when none is given (新的钉钉加签密钥). */
  secret?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the endpoint (推送地址编号). */
  webhook: Scalars['ID']['input'];
};

/** Registers an endpoint (登记推送地址). */
export type WebhookCreateInput = {
  /** Address, https, 1,000 bytes at most; one of an internal network is refused unless the operator allows it: WEBHOOK_INSIDE (地址). */
  address: Scalars['String']['input'];
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Format; STANDARD when not given (格式). */
  format?: InputMaybe<WebhookFormat>;
  /** Kinds of events, at least one; WEBHOOK_KIND_UNKNOWN for one that there is not (事件类别). */
  kinds: Array<Scalars['String']['input']>;
  /** Name, 1 to 60 characters (名称). */
  name: Scalars['String']['input'];
  /** 加签 secret of a DingTalk robot, 200 bytes at most; no other format takes one (钉钉加签密钥). */
  secret?: InputMaybe<Scalars['String']['input']>;
};

/** How far a delivery is (推送状态). */
export type WebhookDeliveryState =
  /** Answered with a success (已送达). */
  | 'DELIVERED'
  /** Given up after all attempts (失败). */
  | 'FAILED'
  /** Waits for its first attempt, or for the next (等待发送). */
  | 'WAITING'
  /** Not sent: the endpoint's owner may not read it any more (未发送，权限已失效). */
  | 'WITHHELD';

/** How a message is written and proved (推送格式). */
export type WebhookFormat =
  /** The robot of a DingTalk group, told a sentence, proved by its 加签 secret (钉钉群机器人). */
  | 'DINGTALK'
  /** Standard Webhooks: JSON, signed with the endpoint's own secret (标准推送). */
  | 'STANDARD'
  /** The robot of a WeCom group, told a sentence (企业微信群机器人). */
  | 'WECOM';

/** Sends an endpoint a test (发送测试消息). */
export type WebhookPingInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the endpoint (推送地址编号). */
  webhook: Scalars['ID']['input'];
};

/** Sends a settled delivery again (重发). */
export type WebhookRedeliverInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the delivery (推送编号). */
  delivery: Scalars['ID']['input'];
};

/** Removes an endpoint with its log (删除推送地址). */
export type WebhookRemoveInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** Global id of the endpoint (推送地址编号). */
  webhook: Scalars['ID']['input'];
};

/** Gives an endpoint a new secret (更换密钥). */
export type WebhookRotateInput = {
  /** Sent back unchanged (客户端标记). */
  clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** For how many hours messages are also signed with the secret before, 0 to 168; 24 when not given (旧密钥保留小时数). */
  keepHours?: InputMaybe<Scalars['Int']['input']>;
  /** The revision read; STALE_REVISION for another (修订号). */
  revision: Scalars['Int']['input'];
  /** Global id of the endpoint (推送地址编号). */
  webhook: Scalars['ID']['input'];
};
