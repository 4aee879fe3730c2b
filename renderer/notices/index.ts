export { noticeCommands } from './commands.ts';
export { followArrivals } from './follow-arrivals.ts';
export { AllowNotices, NoticeCount } from './NoticeCount.tsx';
