// A page is painted once this has run, and a module runs when the page has been read to its end: nothing that is still
// being read pushes aside what is already seen. Without JavaScript pages are painted as they come.
