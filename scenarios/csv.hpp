#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/problem.hpp"

namespace entrepot::scenarios {

/// Rows of a comma-separated file with a header. Fields may stand in double quotes, "" within them is one; a field does
/// not span lines. Blank lines are skipped. At most `kMostProblems` problems of one file are told.
class CsvFile {
public:
    struct Row {
        int line = 0;
        std::vector<std::string> fields;
        std::vector<int> columns;  ///< character at which each field starts, from 1
    };

    /// A column that is wanted, by any of its names.
    struct Wanted {
        std::vector<std::string> names;
        bool required = true;
    };

    /// Reads the file; what can't be read is a problem. `name` stands in the problems.
    CsvFile(const std::filesystem::path& file, std::string name, std::vector<Problem>& problems);

    /// Finds the columns; false, and problems, when a required one is missing.
    bool find(const std::vector<Wanted>& wanted);
    bool has(std::size_t column) const { return columns_[column].has_value(); }
    /// Which of the names a column was found by.
    const std::string& name_of(std::size_t column) const { return header_.fields[*columns_[column]]; }

    const std::vector<Row>& rows() const { return rows_; }
    /// Text of a wanted column in a row; empty when the column or the field is missing.
    const std::string& text(const Row& row, std::size_t column) const;
    /// Number >= 0, or nothing and a problem.
    std::optional<double> number(const Row& row, std::size_t column, bool whole);
    /// Days since 1970-01-01, or nothing and a problem.
    std::optional<double> date(const Row& row, std::size_t column);

    void refuse(const Row& row, std::size_t column, const std::string& want);
    /// Tells how many problems were left out.
    void finish();

    std::uint64_t digest() const { return digest_; }
    bool readable() const { return readable_; }

private:
    static constexpr int kMostProblems = 20;

    void split_lines(std::string_view text);
    void split(std::string_view line, int number);

    std::string name_;
    std::vector<Problem>& problems_;
    Row header_;
    std::vector<Row> rows_;
    std::vector<std::optional<std::size_t>> columns_;
    std::vector<std::string> wanted_;
    std::uint64_t digest_ = 0;
    int told_ = 0, left_out_ = 0;
    bool readable_ = false;
};

}  // namespace entrepot::scenarios
