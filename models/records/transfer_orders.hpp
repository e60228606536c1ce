#pragma once

#include <optional>

#include "models/model.hpp"

/// Stock transfer orders: decided at headquarters, allocated and picked at the donor, carried by truck, put away.
namespace entrepot::models {

/// A transfer that was decided and is not yet sent to its donor. Headquarters counts its units at once, until the next
/// extracts say the same.
std::uint32_t open_transfer(Headquarters& hq, const Transfer& transfer, Context& context);

/// A transfer that isn't executed is of so many units after all; with none, it is withdrawn.
void resize_transfer(Headquarters& hq, std::uint32_t transfer, Units units, Context& context);

/// Sends a transfer that nothing stands in the way of to its donor.
void execute_transfer(Headquarters& hq, std::uint32_t transfer, Context& context);

/// The order has come through to the site that sends.
/// By hand it may have come to other units.
void reach_sender(Headquarters& hq, std::uint32_t transfer, std::uint16_t serial, Context& context,
                  std::optional<Units> units = std::nullopt);
/// It has come through a second time: as much is sent again, of which headquarters knows nothing until somebody finds
/// out.
void transfer_twice(Headquarters& hq, std::uint32_t transfer, std::uint16_t serial, Context& context);
/// Somebody has: what has not come yet is on order from now on.
void find_second_transfer(Headquarters& hq, std::uint32_t transfer, std::uint16_t serial);

/// What it costs to move so many units.
Money haul_cost(const TransferTerms& terms, Units units, TransferMode mode);

/// The receiving site reports that so many units of the transfer are on its shelves.
void receive_transfer(Headquarters& hq, std::uint32_t transfer, Units units, Context& context);

/// The first pool by which the one site may borrow from the other; null where there is none.
const StockPool* pool_between(const Network& network, SiteId borrower, SiteId lender);

}  // namespace entrepot::models
