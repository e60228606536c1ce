#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/network/network.hpp"
#include "models/records/order_book.hpp"
#include "results/text/days.hpp"

/// Names of what comes and goes in a replication, short enough to be typed. A customer's order is named by the address
/// of its draws, so that it has one name under every strategy: `SE-2026-05-12-b2b-0042` is the 42nd order that the
/// stream b2b draws for SE on that day. What the operation itself decides is named by what was decided, and when.
namespace entrepot::studies::explain {

/// Where the draws of an order stand: its stream's key, or its site's, with the coordinate.
struct OrderAddress {
    models::SiteId site;
    std::uint64_t key = 0;
    std::uint32_t coordinate = 0;
    bool internal = false;  ///< of another site, whose index is the key

    bool operator==(const OrderAddress&) const = default;
};

/// Names are alike whatever their capitals.
bool same_name(std::string_view a, std::string_view b);

class Names {
public:
    explicit Names(const models::Network& network);

    /// SE-2026-05-12-b2b-0042; of streams whose orders come one after the other S-walkin-000017; of a recording
    /// SE-2026-05-12-recorded-0007; of a site that orders from another DC-restock-S1-00f3a9c2.
    std::string order(const OrderAddress& address) const;
    std::string order(models::SiteId site, const models::Order& order) const;
    /// Capitals count as small letters where no name is spelt so, and numbers need no zeros in front. Nothing where no
    /// order can have the name.
    std::optional<OrderAddress> find_order(std::string_view name) const;
    /// What names of orders look like here, one for each kind of stream, for messages.
    std::vector<std::string> order_examples() const;

    /// Names that are spelt right, with the date and the number of one that isn't: what may have been meant.
    std::vector<std::string> orders_like(std::string_view name) const;

    /// PO-SE-A0001-2026-05-12, and -2 for the second of that day.
    std::string purchase(models::SiteId site, models::ItemId item, int day, int nth) const;
    /// TR-NE-SE-A0001-2026-05-12.
    std::string transfer(models::SiteId from, models::SiteId to, models::ItemId item, int day, int nth) const;

    /// Nothing where there is none of that name.
    std::optional<models::ItemId> item(std::string_view name) const;
    std::optional<models::SiteId> site(std::string_view name) const;
    std::vector<std::string> items() const;
    std::vector<std::string> sites() const;

    /// The ISO date of a day since day 0, or its number in the measured window where the calendar has no dates.
    std::string date(int day) const;
    /// The day of such a date.
    std::optional<int> day(std::string_view date) const;

private:
    struct Source {
        models::SiteId site;
        std::uint64_t key = 0;
        std::string label;
        bool by_day = true;  ///< the coordinate holds day and ordinal, else the ordinal alone
    };
    const Source* source(const OrderAddress& address) const;
    std::optional<OrderAddress> order_of(const Source& source, std::string_view name) const;
    std::optional<OrderAddress> restock(std::string_view name) const;

    const models::Network& network_;
    results::Days days_;
    std::vector<Source> sources_;
};

}  // namespace entrepot::studies::explain
