import {
  AtSign,
  Award,
  Bell,
  BellOff,
  Bookmark,
  Calendar,
  Check,
  CheckCheck,
  ChevronDown,
  ChevronLeft,
  ChevronRight,
  CircleSlash,
  Clock,
  CloudOff,
  Copy,
  Ellipsis,
  ExternalLink,
  Flag,
  GripVertical,
  Heart,
  KeyRound,
  Link,
  type LucideIcon,
  Mail,
  MessageSquare,
  Minus,
  Moon,
  Pause,
  Pencil,
  Play,
  Plus,
  Quote,
  Radio,
  Reply,
  RotateCw,
  Search,
  Settings,
  TriangleAlert,
  User,
  Users,
  X,
} from 'lucide-react'
import type { NotificationIcon } from '../../common/i18n/notification-text.ts'

/** One for each kind of notification. */
const notificationIcons = {
  at: AtSign,
  badge: Award,
  bell: Bell,
  bookmark: Bookmark,
  bubble: MessageSquare,
  calendar: Calendar,
  check: Check,
  clock: Clock,
  envelope: Mail,
  heart: Heart,
  link: Link,
  pencil: Pencil,
  people: Users,
  person: User,
  quote: Quote,
  reply: Reply,
} as const satisfies Record<NotificationIcon, LucideIcon>

const icons = {
  ...notificationIcons,
  back: ChevronLeft,
  checks: CheckCheck,
  close: X,
  copy: Copy,
  down: ChevronDown,
  flag: Flag,
  forth: ChevronRight,
  grip: GripVertical,
  key: KeyRound,
  live: Radio,
  minus: Minus,
  moon: Moon,
  more: Ellipsis,
  muted: BellOff,
  offline: CloudOff,
  old: TriangleAlert,
  outward: ExternalLink,
  pause: Pause,
  play: Play,
  plus: Plus,
  refresh: RotateCw,
  search: Search,
  settings: Settings,
  uncounted: CircleSlash,
} as const

export type IconName = keyof typeof icons

/** Those that point along a line of text point the other way where it runs from right to left. */
const along: ReadonlySet<IconName> = new Set(['back', 'forth', 'reply', 'outward'])

/** A decorative drawing; what it means is said in words beside it or by the control around it. */
export const Icon = ({ name, size = 16 }: { readonly name: IconName; readonly size?: number }) => {
  const Drawing = icons[name]
  return <Drawing size={size} aria-hidden="true" className={along.has(name) ? 'along' : undefined} />
}
