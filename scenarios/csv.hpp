#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/fields.hpp"
#include "scenarios/problem.hpp"

namespace entrepot::scenarios {

/// Rows of a text file with a header, separated by commas, semicolons, tabs or bars. Fields may stand in double quotes,
/// "" within them is one, and a line break within them a space. Lines without anything are skipped. Encoding, separator
/// and decimal sign are found out; what can't be is refused with the reason. At most `kMostProblems` problems of one
/// file are told.
class CsvFile {
public:
    struct Place {
        int line = 0, column = 0;  ///< from 1; of the first character
    };
    /// Looks into the file's text: a row is read when it is asked for, and not kept.
    struct Row {
        std::vector<std::string_view> fields;
        std::vector<Place> places;
        std::deque<std::string> changed;  ///< fields with quotes or line breaks within, which the text has otherwise
        int line() const { return places.front().line; }
        void clear();
    };

    /// The rows from the first to the last, again for each loop.
    class Rows {
    public:
        class Iterator {
        public:
            explicit Iterator(const CsvFile& file);
            const Row& operator*() const { return row_; }
            Iterator& operator++();
            bool operator==(std::default_sentinel_t) const { return end_; }

        private:
            const CsvFile& file_;
            std::size_t at_;
            int line_;
            Row row_;
            bool end_ = false;
        };
        explicit Rows(const CsvFile& file) : file_(file) {}
        Iterator begin() const { return Iterator(file_); }
        static std::default_sentinel_t end() { return {}; }

    private:
        const CsvFile& file_;
    };

    /// A column that is wanted, by any of its names; in headers, case doesn't count, and a space is a low line.
    struct Wanted {
        std::vector<std::string> names;
        bool required = true;
        std::string choose;  ///< what to do where several columns have one of the names
    };

    /// Reads the file; what can't be read is a problem. `name` stands in the problems.
    CsvFile(const std::filesystem::path& file, std::string name, Problems& problems);

    /// Finds the columns; false, and problems, when a required one is missing or there are several for one.
    bool find(const std::vector<Wanted>& wanted);
    bool has(std::size_t column) const { return columns_[column].has_value(); }
    /// The column's name as it was found, in small letters.
    std::string name_of(std::size_t column) const;

    /// Says how the numbers of these columns are written: by a decimal sign that is known, or by the one that they
    /// show. `advice` is told where they show none; without an advice it is then the point.
    void learn_numbers(const std::vector<std::size_t>& columns, Decimal known, std::string currency,
                       std::string advice);

    /// Says which of day and month stands first in the dates of a column whose year stands last: what is known, or what
    /// a day above 12 shows, wherever in the column. `advice` is told where none does. A date of the other order is
    /// then a problem that names the line.
    void learn_dates(std::size_t column, DateOrder known, std::string advice);

    Rows rows() const { return Rows(*this); }
    bool has_rows() const { return has_rows_; }
    /// Text of a wanted column in a row; empty when the column or the field is missing. It lives as long as the row.
    std::string_view text(const Row& row, std::size_t column) const;
    /// Text that may be shown as a name; empty, and a problem, where it is none.
    std::string name(const Row& row, std::size_t column, const std::string& want);
    /// Number >= 0, or nothing and a problem.
    std::optional<double> number(const Row& row, std::size_t column, bool whole);
    std::optional<RecordDate> date(const Row& row, std::size_t column);
    /// The same without a problem.
    std::optional<RecordDate> date_if_any(const Row& row, std::size_t column) const {
        return parse_record_date(text(row, column), date_order_);
    }

    void refuse(const Row& row, std::size_t column, const std::string& want);
    /// A problem with the header of a column.
    void refuse_column(std::size_t column, const std::string& message);
    /// Tells how many problems were left out.
    void finish();

    std::uint64_t digest() const { return digest_; }
    bool readable() const { return readable_; }
    /// How the file is written, where that is not as usual: "UTF-16, semicolons, decimal comma".
    std::string manner() const;

private:
    static constexpr int kMostProblems = 20;

    void parse();
    bool fits(const Row& row) const;
    void refuse_width(const Row& row);
    std::size_t width(const Row& row) const;
    bool each_for_itself(const std::vector<Wanted>& wanted);
    void tell(Place place, const std::string& path, std::string message);
    std::string cut_header() const;

    std::string name_;
    Problems& problems_;
    std::string text_;
    Row header_;
    std::size_t rows_at_ = 0;  ///< where the line after the header begins in the text
    int rows_line_ = 1;        ///< and its number
    bool has_rows_ = false;
    std::vector<std::optional<std::size_t>> columns_;
    std::vector<std::string> wanted_;
    char separator_ = ',';
    std::string encoding_;
    Decimal decimal_ = Decimal::point;
    Place decimal_seen_;
    std::string currency_, number_advice_, date_advice_;
    DateOrder date_order_ = DateOrder::unknown;
    int date_seen_line_ = 0;  ///< where the order was seen; 0 = it was told, or there is none
    std::uint64_t digest_ = 0;
    int told_ = 0, left_out_ = 0;
    bool readable_ = false;
    bool two_ways_ = false, two_orders_ = false;  ///< a number, or a date, that can be read in two ways was told
};

}  // namespace entrepot::scenarios
