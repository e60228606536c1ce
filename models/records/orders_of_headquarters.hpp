#pragma once

#include <cstdint>

#include "models/facts.hpp"
#include "models/messages.hpp"
#include "models/network/ids.hpp"
#include "models/pool.hpp"
#include "models/units.hpp"
#include "sim/packed.hpp"

/// What headquarters has ordered of suppliers and of other sites.
namespace entrepot::models {

/// Who knows of an order: the ERP, and who is to carry it out.
enum class OnRecord : std::uint8_t {
    alone,    ///< nobody but the ERP yet
    shared,   ///< both
    unknown,  ///< it is carried out a second time, and the ERP doesn't know
};

constexpr OnRecord last_of(OnRecord) { return OnRecord::unknown; }

/// What the ERP makes of a purchase line, beside what is true of it.
struct LineOnRecord {
    Units short_by = 0;             ///< of what won't come, so many units are known of
    std::uint16_t planned_day = 0;  ///< on which the supplier means to bring the last of it, if all goes well; 0 = none
    Heard heard = Heard::nothing;
    bool wrong_unit = false;  ///< a pack was taken for a unit, and nobody has seen it
};

/// From the proposal until all of it has come or is known not to. ordered = received + not_coming + what is open.
struct PurchaseLine {
    ItemId item;
    Units ordered = 0;
    Units received = 0;        ///< put away, as far as headquarters has heard
    Units not_coming = 0;      ///< cancelled by the supplier, or no good
    Units recommended = 0;     ///< before guardrails and people; 0 where nobody recommends
    Units last_delivered = 0;  ///< by the last truck
    SiteId site;
    std::uint16_t serial = 0;   ///< tells the users of one slot apart
    std::uint16_t version = 0;  ///< counts reschedulings
    std::uint16_t trucks = 0;   ///< that are to come
    std::uint8_t touches = 0;
    bool open = false;
    bool of_second = false;  ///< of the policy's second source, not of the item's supplier
    bool prepared = false;   ///< its case is a check, not work by hand
    bool auto_released = false, late = false, chased = false;
    OnRecord standing = OnRecord::alone;
    Time proposed{}, placed{};
    Time due{};        ///< by the item master, or as the supplier has told
    Time arrives{};    ///< the last truck that is known
    Time delivered{};  ///< when the last truck came
    LineOnRecord record;
};

/// Stock on its way from one site to another, from the decision until it was put away.
struct Transfer {
    ItemId item;
    SiteId from, to;
    Units units = 0, shipped = 0;
    std::uint32_t request = kNone;  ///< of a loan: the borrower's
    TransferMode mode = TransferMode::scheduled;
    std::uint8_t touches = 0;
    bool open = false, reported = false;
    bool answered = false;  ///< headquarters knows how many were shipped
    OnRecord standing = OnRecord::alone;
    std::uint16_t serial = 0;  ///< tells the users of one slot apart
    sim::Filler<4> rest{};
    Time proposed{};
};

}  // namespace entrepot::models
