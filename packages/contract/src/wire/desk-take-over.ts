/** The window alone may end the same agent's logon elsewhere: nobody but the person who reads where that is decides it. */
export const deskTakeOverMethods = {
  /** `LaunchParameters`: as `logOn`, and whoever is logged on as this agent is out */
  takeOver: 'deskTakeOver',
} as const;
