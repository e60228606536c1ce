#include "studies/cli/command_line.hpp"

int main(int argc, char** argv) { return entrepot::studies::cli::main(argc, argv); }
