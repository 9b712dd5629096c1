export const SHORTEST_PASSWORD = 10

export const PASSWORD_HELP = `At least ${SHORTEST_PASSWORD} characters. A few words that only you would put together are good.`
