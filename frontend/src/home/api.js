/**
 * The REST API as far as the home page needs it.
 *
 * Each verb resolves with what the server said or rejects with a `Failure`, which carries
 * the reason for `words.js`. It keeps nothing and shows nothing.
 *
 * @import { Board, LinkRole } from "./list.js"
 * @import { Reason } from "./words.js"
 */

const PAGE = 100; // the server's most in one reply
const MAX_LISTED = 200; // what a person can look through; the page itself holds as many

export class Failure extends Error {
  /** @param {Reason} reason */
  constructor(reason) {
    super(reason.detail ?? reason.code);
    this.reason = reason;
  }
}

export class Api {
  #fetch;
  #url;
  #token;

  /**
   * @param {object} parts
   * @param {typeof globalThis.fetch} parts.fetch
   * @param {string} parts.url of the list of boards, ends with a slash
   * @param {string} parts.token against forged requests (CSRF)
   */
  constructor({ fetch, url, token }) {
    this.#fetch = fetch;
    this.#url = url;
    this.#token = token;
  }

  /** @returns {Promise<Board>} the new board */
  create() {
    return this.#ask("POST", "", {});
  }

  /**
   * @param {string} id
   * @param {{ title?: string, link_role?: LinkRole }} wish
   * @returns {Promise<Board>}
   */
  change(id, wish) {
    return this.#ask("PATCH", `${id}/`, wish);
  }

  /** @param {string} id */
  async trash(id) {
    await this.#ask("DELETE", `${id}/`);
  }

  /** @param {string} id of a board in the trash, which is gone then */
  async remove(id) {
    await this.#ask("DELETE", `${id}/?for_good=1`);
  }

  /**
   * @param {string} id
   * @returns {Promise<Board>}
   */
  restore(id) {
    return this.#ask("POST", `${id}/restore/`);
  }

  /**
   * @param {string} id
   * @returns {Promise<Board>} the copy
   */
  duplicate(id) {
    return this.#ask("POST", `${id}/duplicate/`, {});
  }

  /** @returns {Promise<Board[]>} mine, those in the trash too */
  async list() {
    const [boards, trash] = await Promise.all([this.#pages(0), this.#pages(1)]);
    return [...boards, ...trash];
  }

  /**
   * @param {0 | 1} trash
   * @returns {Promise<Board[]>}
   */
  async #pages(trash) {
    /** @type {Board[]} */
    const found = [];
    for (let offset = 0; offset < MAX_LISTED; offset += PAGE) {
      const page = await this.#ask(
        "GET",
        `?trash=${trash}&limit=${PAGE}&offset=${offset}`,
      );
      found.push(...page.boards);
      if (offset + PAGE >= page.n_boards) break;
    }
    return found;
  }

  /**
   * @param {string} method
   * @param {string} path
   * @param {object} [body]
   */
  async #ask(method, path, body) {
    /** @type {Record<string, string>} */
    const headers = { Accept: "application/json", "X-CSRFToken": this.#token };
    if (body) headers["Content-Type"] = "application/json";
    /** @type {Response} */
    let response;
    try {
      response = await this.#fetch(this.#url + path, {
        ...{ method, headers },
        ...(body ? { body: JSON.stringify(body) } : {}),
      });
    } catch {
      throw new Failure({ code: "offline" });
    }
    const answer = await readJson(response);
    if (!response.ok) throw new Failure(reasonOf(response.status, answer));
    return answer;
  }
}

/** @param {Response} response */
async function readJson(response) {
  try {
    return response.status === 204 ? null : await response.json();
  } catch {
    return null; // a proxy's page
  }
}

/**
 * @param {number} status
 * @param {{ error?: { code?: string, detail?: string, wait_ms?: number } } | null} answer
 * @returns {Reason}
 */
export function reasonOf(status, answer) {
  const { code, detail, wait_ms: waitMs } = answer?.error ?? {};
  const unsaid = status >= 500 ? "unavailable" : "unknown";
  return {
    code: code ?? unsaid,
    ...(detail === undefined ? {} : { detail }),
    ...(waitMs === undefined ? {} : { waitMs }),
  };
}
