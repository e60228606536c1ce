#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/model.hpp"
#include "results/kpis/item_days.hpp"
#include "results/study.hpp"
#include "studies/run_study.hpp"

/// Daily series of chosen items: which ones, how much of the file they take, and what the world says of them.
namespace entrepot::studies {

/// The most that they may take in a study's file and in memory, before it is compressed [bytes].
inline constexpr double kMostItemBytes = 1 << 30;

/// The items of these names, capitals or not, in the order given; "all" stands for every item where none has that name.
/// Throws std::invalid_argument with all that is wrong: names that no item has, each with a suggestion, names that
/// stand there twice, and more than the file should hold.
results::ChosenItems chosen_items(const models::Network& network, const std::vector<std::string>& names,
                                  const StudyOptions& options);

/// Looks the chosen items up, as the last event of a day has left the world.
void close_items(results::ItemDays& days, const results::ChosenItems& items, int day, const models::World& world);

}  // namespace entrepot::studies
