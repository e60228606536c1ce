#pragma once

#include <string>
#include <vector>

#include "results/comparison/compare.hpp"
#include "results/study.hpp"

/// Several studies side by side: one scenario with a change and without it, or one strategy in each file.
namespace entrepot::results {

/// A study and what it is called among the others: its strategies are then "bigger:S6".
struct NamedStudy {
    std::string name;
    Study study;
};

/// Some studies as one: all their strategies, and the rows that all of them have.
struct Together {
    Study study;  ///< replications are independent observations here, and not of one number for all strategies
    std::vector<Match> matches;      ///< by strategy, to the comparator
    std::vector<std::string> notes;  ///< how they are compared, what only some have, and what differs in the scenarios

    /// Whether all of them are compared in pairs.
    bool paired() const;
};

/// "bigger:S6"
std::string joint_name(const NamedStudy& study, const std::string& strategy);

/// Puts studies together to be compared with one of their strategies, by its joint name. Studies of the same seed are
/// compared in pairs: observation i of each met the same draws, wherever their scenarios agree, and so can't be taken
/// for independent. Others are. StoreError when their amounts are in different currencies.
Together put_together(const std::vector<NamedStudy>& studies, const std::string& comparator);

/// Their fresh replications alone; without strategies where one of them has none, or the comparator is not among those
/// that were run again.
Together fresh_together(const std::vector<NamedStudy>& studies, const std::string& comparator);

/// The comparison, with the notes.
Comparison compare(const Together& studies, const CompareOptions& options = {});

/// Short names that tell files apart: "bigger" for runs/bigger.h5, with as many folders as it takes.
std::vector<std::string> names_of_files(const std::vector<std::string>& files);

}  // namespace entrepot::results
