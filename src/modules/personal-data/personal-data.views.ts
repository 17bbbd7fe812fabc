import type { ViewerContext } from '../../core/context.js';
import { formatDateTime, formatDay, formatYesNo } from '../../core/format.js';
import type { Locale } from '../../core/i18n.js';
import { formatPhoneForDisplay } from '../../core/phone.js';
import { pageHeader, type AdminConfirmView } from '../admin/admin-pages.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import { profileFields } from '../customers/customers.schemas.js';
import { overviewSections, type OverviewSection } from './overview-sections.views.js';
import type { PersonalData } from './personal-data-in-clear.js';

/** The page before somebody's data is handed out. */
export function personalDataView({ t }: ViewerContext, customer: CustomerRecord): AdminConfirmView {
  const path = customer.deleted_at === null ? `/customers/${customer.id}` : `/recycle-bin/${customer.id}`;
  const title = t('personalData.title', { name: customer.name });
  return {
    title,
    header: pageHeader(title, {
      subtitle: customer.customer_no,
      trail: [{ label: customer.name, href: path }],
    }),
    confirm: {
      action: `/customers/${customer.id}/personal-data`,
      question: t('personalData.question'),
      consequences: [
        t('personalData.contents'),
        t('personalData.inClear'),
        t('personalData.passOn'),
        t('personalData.isLogged'),
      ],
      hidden: [],
      confirmLabel: t('personalData.download'),
      cancelHref: path,
      isDestructive: false,
    },
  };
}

/** A page for reading without the product: no styles from elsewhere, no links. */
export interface OverviewView {
  readonly locale: Locale;
  readonly title: string;
  readonly madeAt: string;
  readonly sections: readonly OverviewSection[];
}

/** All of the data in words of the viewer's language. */
export function overviewView(context: ViewerContext, data: PersonalData): OverviewView {
  const { t, locale, deps, viewer } = context;
  const [main] = data.profiles;
  return {
    locale,
    title: t('personalData.title', { name: main?.name ?? '' }),
    madeAt: t('personalData.madeAt', { time: formatDateTime(deps.now(), locale), name: viewer.name }),
    sections: [
      ...data.profiles.map((profile, index) => profileSection(context, profile, index)),
      ...overviewSections(context, data),
    ].filter(({ rows }) => rows.length > 0),
  };
}

function profileSection(
  { t, locale }: ViewerContext,
  profile: PersonalData['profiles'][number],
  index: number,
): OverviewSection {
  const facts: [string, string | null][] = [
    [t('customers.customerNo'), profile.customer_no],
    [t('customers.name'), profile.name],
    [t('customers.kind'), t(`customers.kind.${profile.kind}`)],
    [t('customers.gender'), profile.gender && t(`customers.gender.${profile.gender}`)],
    [t('customers.birthDate'), formatDay(profile.birth_date, locale)],
    [t('customers.phone'), profile.phone && formatPhoneForDisplay(profile.phone)],
    [t('customers.email'), profile.email],
    [t('customers.wechat'), profile.wechat],
    [t('customers.city'), profile.city],
    [t('customers.address'), profile.address],
    [t('customers.source'), profile.source],
    [t('customers.firstVisitOn'), formatDay(profile.first_visit_on, locale)],
    ...[...profileFields, 'remark' as const].map((name): [string, string | null] => [
      t(`customers.${name}`),
      profile[name],
    ]),
    ...profile.custom_fields.map(({ label, value }): [string, string] => [
      label,
      typeof value === 'boolean' ? formatYesNo(value, t) : String(value),
    ]),
    [t('customers.owner'), profile.owner],
    [t('collaborators.title'), profile.collaborators.join(t('common.listSeparator'))],
    [t('customers.team'), profile.team],
    [t('customers.branch'), profile.branch],
    [t('customers.createdAt'), formatDateTime(new Date(profile.created_at), locale)],
  ];
  return {
    id: `profile-${index}`,
    title:
      index === 0 ? t('customers.summary') : t('personalData.merged', { customerNo: profile.customer_no }),
    columns: [t('auditLog.field'), t('auditLog.value')],
    rows: facts.flatMap(([label, value]) => (value ? [[label, value]] : [])),
  };
}
