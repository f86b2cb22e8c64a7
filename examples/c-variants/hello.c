#include <stdio.h>

#ifdef LOUD
#define GREETING "HELLO WORLD"
#else
#define GREETING "hello world"
#endif

int main(void) {
  puts(GREETING);
  return 0;
}
