// What several kinds of netlink messages have (linux/netlink.h, linux/rtnetlink.h, linux/neighbour.h).
export const NETLINK_ROUTE = 0;
export const NETLINK_NETFILTER = 12;

export const NLM_F_REQUEST = 0x1;
export const NLM_F_ACK = 0x4;
export const NLM_F_DUMP = 0x300;
export const NLM_F_CREATE_EXCL = 0x400 | 0x200;

export const NLMSG_ERROR = 2;
export const NLMSG_DONE = 3;

export const IFINFOMSG_SIZE = 16;

export const RTMSG_SIZE = 12;
export const RTA_DST = 1;
export const SCOPES = { universe: 0, link: 253, host: 254 };

export const RTM_NEWNEIGH = 28;
export const NDMSG_SIZE = 12;
export const NDA_DST = 1;
