#pragma once

#include <optional>

#include "viz/views/view.hpp"

/// What the measures come to over a stretch of hours, and tables of them.
namespace entrepot::viz {

/// All warehouses together, in place of one.
inline constexpr std::size_t kEverywhere = static_cast<std::size_t>(-1);

/// A flow per day, a state's mean, a ratio of sums, over the hours [first, end). Nothing where there was none, or where
/// the measure can't be added up over warehouses.
std::optional<double> value_over(const Frame& frame, const Measure& measure, std::size_t lane, std::size_t place,
                                 std::size_t first, std::size_t end);

/// "Penalties [USD]": with the unit where the name doesn't say it, and a value would not.
std::string measure_title(const Frame& frame, const Measure& measure);

/// What is seen of the window's width from the cursor on, however far its contents reach.
float room_across();

/// Words that break where what is seen ends.
void paragraph(const std::string& text);

struct TableColumn {
    std::string name;
    float share = 1;  ///< of the table's width
};
/// A table as wide as there is room, or as wide as it needs and then to be scrolled sideways; its heads take two lines
/// where a name needs them. To be ended with ImGui::EndTable when it says true.
bool begin_table(const Frame& frame, const char* id, const std::vector<TableColumn>& columns);

/// Text in the next cell; in small letters, or with an ellipsis and a tooltip, where it doesn't fit.
void left_cell(const Frame& frame, const std::string& text);
/// Text at the right edge of the next cell; in small letters, or in a tooltip, where it doesn't fit.
void right_cell(const Frame& frame, const std::string& text);
void right_cell(const Frame& frame, const std::string& text, ImU32 colour);

/// The colour of a difference that is better or worse; of one that is neither, that of words.
ImU32 difference_colour(const Theme& theme, const Measure& measure, double difference);

/// Buttons for all places; returns the one that is chosen. Follows the warehouse that is followed.
std::size_t choose_place(const Frame& frame, std::size_t chosen, bool everywhere);

}  // namespace entrepot::viz
