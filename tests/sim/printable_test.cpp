#include "sim/printable.hpp"

#include <gtest/gtest.h>

namespace entrepot::sim {
namespace {

TEST(Printable, TextOfAnyLanguageStaysAsItIs) {
    for (const char* text : {"", "NE", "Köln", "東京", "Склад 1", "a-b_c.d/e", "\U0001F69A"}) {
        EXPECT_FALSE(first_hidden(text)) << text;
        EXPECT_EQ(printable(text), text);
    }
}

TEST(Printable, WhatATerminalObeysIsShownAsItsCode) {
    EXPECT_EQ(printable("a\x1b[2Jb"), "a\\x1b[2Jb");
    EXPECT_EQ(printable("a\nb\tc\r\x7f"), "a\\x0ab\\x09c\\x0d\\x7f");
    EXPECT_EQ(printable("\xC2\x9B!"),
              "\\x9b!");                                                   // C1, as UTF-8
    EXPECT_EQ(printable("txt\xE2\x80\xAEnatas"), "txt\\u202enatas");       // right to left
    EXPECT_EQ(printable("\xE2\x81\xA6x\xE2\x81\xA9"), "\\u2066x\\u2069");  // isolates
    EXPECT_EQ(printable(std::string_view("a\0b", 3)), "a\\x00b");
}

TEST(Printable, WhatIsNoUtf8IsShownByteByByte) {
    EXPECT_EQ(printable("\x9B!"),
              "\\x9b!");                                      // C1 of Latin-1
    EXPECT_EQ(printable("\xC3"), "\\xc3");                    // cut off
    EXPECT_EQ(printable("\xC0\xAF"), "\\xc0\\xaf");           // longer than need be
    EXPECT_EQ(printable("\xED\xA0\x80"), "\\xed\\xa0\\x80");  // half a pair of UTF-16
}

TEST(Printable, TheFirstHiddenCharacterIsFoundWithItsSize) {
    const Hidden hidden = first_hidden("ab\xE2\x80\xAE\x1b");
    EXPECT_EQ(hidden.at, 2u);
    EXPECT_EQ(hidden.size, 3u);
}

}  // namespace
}  // namespace entrepot::sim
