#include "viz/app/options.hpp"

int main(int argc, char** argv) { return entrepot::viz::main(argc, argv); }
