#include <algorithm>

#include <boost/container/small_vector.hpp>

#include "models/decisions/priority.hpp"
#include "models/records/order_lines.hpp"
#include "models/records/reserves.hpp"

namespace entrepot::models {

// Who gets what there is of an item for which lines wait: by rank, or each a share.

namespace {

void remove_from_list(SiteState& site, ItemId item, std::uint32_t previous, std::uint32_t index) {
    Line& line = site.lines[index];
    (previous == kNone ? site.record[item].waiting_head : site.lines[previous].next) = line.next;
    if (site.record[item].waiting_tail == index) site.record[item].waiting_tail = previous;
    line.listed = false;
    if (line.order == kNone) site.lines.release(index);  // closed while it stood in the list
}

/// Calls f(line's index) for the lines that wait, in the order of the list, until it returns false. Lines that no
/// longer wait are dropped from the list.
template <class F>
void for_waiting(SiteState& site, ItemId item, F&& f) {
    std::uint32_t previous = kNone;
    ListWalk walk(site.lines);
    for (std::uint32_t index = site.record[item].waiting_head, next; index != kNone; index = next) {
        walk.step();
        const Line& line = site.lines[index];
        next = line.next;
        if (line.order == kNone || line.waiting == 0) {
            remove_from_list(site, item, previous, index);
            continue;
        }
        if (!f(index)) return;
        previous = index;
    }
}

/// In which order lines are served.
class Turns {
public:
    Turns(const SiteState& site, const Context& context) : site_(site) {
        const Network& network = context.network();
        by_entry_ = network.strategy.allocation.rule == AllocationRule::first_come;
        listed_ = site.waits_in_turn && (by_entry_ || network.priority_of[site.id]->first_come());
        if (!listed_ && !by_entry_) moment_ = ranking_moment(network, context.now());
    }

    /// The list is in the order already.
    bool listed() const { return listed_; }
    std::uint64_t rank(const Order& order) const {
        return by_entry_ ? entry_rank(order) : priority_rank(site_, order, moment_);
    }

private:
    const SiteState& site_;
    bool by_entry_ = false, listed_ = false;
    RankingMoment moment_;
};

TierId tier_of_line(const SiteState& site, std::uint32_t line) { return site.orders[site.lines[line].order].tier; }

/// The line to serve first among those whose tiers get anything of so many units; kNone where none does.
std::uint32_t first_waiting(SiteState& site, ItemId item, Units there, const Context& context) {
    const Turns turns(site, context);
    std::uint32_t best = kNone;
    std::uint64_t best_rank = 0;
    for_waiting(site, item, [&](std::uint32_t index) {
        if (kept_from(site, tier_of_line(site, index), item, context.network()) >= there) return true;
        if (turns.listed()) {
            best = index;
            return false;
        }
        const std::uint64_t rank = turns.rank(site.orders[site.lines[index].order]);
        if (best == kNone || rank < best_rank) {
            best = index;
            best_rank = rank;
        }
        return true;
    });
    return best;
}

void serve_by_rank(SiteState& site, ItemId item, Context& context) {
    while (site.record[item].waiting_head != kNone) {
        const Units there = available_on_record(site, item);
        if (there <= 0) return;
        const std::uint32_t index = first_waiting(site, item, there, context);
        if (index == kNone) return;
        const TierId tier = tier_of_line(site, index);
        const Units waiting = site.lines[index].waiting, available = available_to(site, tier, item, context.network());
        if (context.network().tiers[tier].whole_lines && available < waiting) return;
        serve_waiting(site, index, std::min(available, waiting), context);
    }
}

/// A line that waits, and what it gets.
struct Share {
    std::uint32_t line = kNone, serial = 0;
    Units units = 0;
};
using Shares = boost::container::small_vector<Share, 16>;

/// What so many units come to for each line of those that may have some of them: a part of what it waits for, as great
/// for all. Of odd units those get one that stand in front. Escalated orders are served before that.
Shares shares_of(SiteState& site, ItemId item, Units there, const Network& network) {
    Shares shares;
    Units wanted = 0, kept = 0;
    bool boosted = false;
    for_waiting(site, item, [&](std::uint32_t index) {
        const Order& order = site.orders[site.lines[index].order];
        const Units kept_here = kept_from(site, order.tier, item, network);
        if (kept_here >= there || order.boosted < boosted) return true;
        if (order.boosted > boosted) {
            shares.clear();
            wanted = kept = 0;
            boosted = true;
        }
        const Line& line = site.lines[index];
        shares.push_back({index, line.serial, line.waiting});
        wanted += line.waiting;
        kept = std::max(kept, kept_here);
        return true;
    });
    const Units given = there - kept;  // what is kept from some of them goes to the others afterwards
    if (given >= wanted) return shares;
    std::int64_t upto = 0, given_upto = 0;
    for (Share& share : shares) {
        upto += share.units;
        const std::int64_t next = (upto * given + wanted - 1) / wanted;
        share.units = static_cast<Units>(next - given_upto);
        given_upto = next;
    }
    return shares;
}

void serve_by_share(SiteState& site, ItemId item, Context& context) {
    while (site.record[item].waiting_head != kNone) {
        const Units there = available_on_record(site, item);
        if (there <= 0) return;
        const Shares shares = shares_of(site, item, there, context.network());
        if (shares.empty()) return;
        for (const Share& share : shares) {
            const Line& line = site.lines[share.line];
            if (share.units == 0 || line.serial != share.serial || line.waiting < share.units) continue;
            serve_waiting(site, share.line, share.units, context);
        }
    }
}

}  // namespace

void allocate_waiting(SiteState& site, ItemId item, Context& context) {
    if (context.network().strategy.allocation.rule == AllocationRule::fair_share) {
        serve_by_share(site, item, context);
    } else {
        serve_by_rank(site, item, context);
    }
}

void ready_reserves(SiteState& site, const Network& network) {
    if (!network.strategy.allocation.keeps()) {
        site.daily_rates = {};
    } else if (site.daily_rates.empty()) {
        for (const double usual : network.usual_daily_units[site.id]) {
            site.daily_rates.push_back(static_cast<float>(usual));
        }
    }
}

void on(SiteState& site, const DailyRateSet& message, Context& context) {
    if (site.daily_rates.empty()) return;  // the strategy that asked for it holds no more
    site.daily_rates[ItemId{message.item}] = message.rate;
    allocate_waiting(site, ItemId{message.item}, context);  // less may be kept now
}

}  // namespace entrepot::models
