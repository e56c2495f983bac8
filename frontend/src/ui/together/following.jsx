/**
 * Who is followed, as a frame in their colour around the board, and who follows me.
 */

/** @import { Desk } from "../desk.js" */

import texts from "../../../messages/en/people.json";

/** @param {{desk: Desk}} props */
export function Following({ desk }) {
  const { t, together } = desk;
  const leader = desk.peers.value.find(
    ({ session }) => session === together.leader.value,
  );
  const followers = desk.peers.value.filter(together.followsMe);
  const [first] = followers;
  if (!leader && !first) return null;
  return (
    <>
      {leader && (
        <div
          class="follow-frame"
          style={{ "--peer": leader.color }}
          aria-hidden="true"
        />
      )}
      <div class="follow-notes" role="status">
        {leader && (
          <p class="follow-note" style={{ "--peer": leader.color }}>
            <span class="follow-words">
              {t(texts.following, { name: together.nameOf(leader) })}
            </span>
            <button
              type="button"
              aria-label={t(texts.stop_named, { name: together.nameOf(leader) })}
              onClick={() => together.stop()}
            >
              {t(texts.stop)}
            </button>
          </p>
        )}
        {first && (
          <p class="followers-note">
            {t(texts.they_follow, {
              n: followers.length,
              name: together.nameOf(first),
              others: followers.length - 1,
            })}
          </p>
        )}
      </div>
    </>
  );
}
