#pragma once

#include "models/model.hpp"
#include "models/records/supplier_news.hpp"

/// Messages that don't come through are somebody's case: who sees to it brings the link to work, and what was stuck on
/// its way again. What comes by e-mail is one, too, until it is keyed in.
namespace entrepot::models {

/// What somebody needs for it.
double minutes_to_repair(const Case& one, const Network& network);

/// What a supplier has written of a purchase line, {line, serial, day}, is put before whoever keys it in. `ready`: it
/// was written.
void ask_to_key_in(Headquarters& hq, const Content& content, const News& news, const Coming& coming, Context& context);
/// The same of a transfer order, {transfer, serial}, that the site which is to send gets as an e-mail. Returns false of
/// what needs nobody: loans between sites that share a pool.
bool ask_to_key_transfer(Headquarters& hq, const Content& content, const Coming& coming, Context& context);
/// Somebody has keyed it in, perhaps with a wrong day, or as a transfer of other units.
void settle_keying(Headquarters& hq, std::uint32_t place, Context& context);

/// Somebody has seen to the link.
void settle_integration_exception(Headquarters& hq, std::uint32_t place, Context& context);

}  // namespace entrepot::models
