create table note (text text); insert into note values ('first')
