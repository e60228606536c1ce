#pragma once

#include "models/model.hpp"

/// What suppliers tell of purchase lines, on the record.
namespace entrepot::models {

/// One of the users of a slot of purchase lines.
struct LineName {
    std::uint32_t index = kNone;
    std::uint16_t serial = 0;
};

struct News {
    int day = 0;  ///< on which the last of a line comes; 0: nothing was said of it
    Heard heard = Heard::confirmation;
    bool asked = false;            ///< on the telephone
    bool overtaken = false;        ///< it was held up on its way
    bool version_checked = false;  ///< whoever hears of it sees what is older than the record
};

/// A supplier has told something of a line: when it comes, and how many units won't. The record goes by it, the site's
/// order desk hears of another day, and planners look at a later one (ReceiptSlips). What is older than what was heard
/// already changes nothing, unless it was held up on its way and nobody checks: then the record goes by the old news.
/// Of a line that was ordered twice, the ERP learns so.
void hear_of_purchase(Headquarters& hq, const LineName& name, const News& news, Context& context);

/// When somebody looks whether a line that was due is there: a moment of the next business day.
Time looked_for(const Network& network, Time due);

/// The order desk of a site hears of the day on which a line of an item is due, in place of another one: as
/// headquarters tells it, or with the nightly batch.
void tell_order_desk(const PurchaseLine& line, Time heard, std::int32_t was, Context& context);

}  // namespace entrepot::models
